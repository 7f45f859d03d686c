using System.Numerics;

namespace VoiceForge.Audio;

/// <summary>Decides, block by block, whether a stream is in failsafe. The audio thread's own.</summary>
/// <param name="maxConsecutiveErrors">Bad blocks in a row that enter it.</param>
/// <param name="autoRecover">Whether it is ever left.</param>
/// <param name="recoveryBlocks">Good blocks in a row that leave it.</param>
internal sealed class FailsafePolicy(int maxConsecutiveErrors, bool autoRecover, int recoveryBlocks)
{
    private const int WindowBlocks = 40;
    private const int MaxBadInWindow = 10;

    private int _badInARow;
    private int _goodInARow;
    private ulong _window; // bit n: whether the block n blocks ago was bad

    public bool IsActive { get; private set; }

    /// <returns>Whether <see cref="IsActive"/> changed.</returns>
    public bool Feed(bool isBad)
    {
        _badInARow = isBad ? _badInARow + 1 : 0;
        _goodInARow = isBad ? 0 : _goodInARow + 1;
        _window = (_window << 1 | (isBad ? 1UL : 0UL)) & ((1UL << WindowBlocks) - 1);

        var changes = IsActive
            ? autoRecover && _goodInARow >= recoveryBlocks
            : _badInARow >= maxConsecutiveErrors || BitOperations.PopCount(_window) >= MaxBadInWindow;
        if (!changes)
            return false;

        IsActive = !IsActive;
        _badInARow = 0;
        _goodInARow = 0;
        _window = 0; // a new start: errors that led into failsafe do not count after it
        return true;
    }
}
