using System.Numerics;

namespace VoiceForge.Audio;

/// <summary>Decides, block by block, whether a stream is in failsafe. The audio thread's own.</summary>
/// <param name="maxConsecutiveErrors">Bad blocks in a row that enter it.</param>
/// <param name="autoRecover">Whether it is ever left.</param>
/// <param name="recoveryBlocks">Good blocks in a row that leave it the first time.</param>
/// <remarks>
/// Processing that relapses has to be good for twice as long the next time, up to 30 times the first; it is forgiven after as many
/// blocks without failsafe. Source of the idea: the half-open state of circuit breakers (M. Nygard, Release It!).
/// </remarks>
internal sealed class FailsafePolicy(int maxConsecutiveErrors, bool autoRecover, int recoveryBlocks)
{
    private const int WindowBlocks = 40;
    private const int MaxBadInWindow = 10;
    private const int MaxBackOff = 30; // of two seconds: a minute

    private readonly long _longestRecovery = (long)recoveryBlocks * MaxBackOff;
    private int _badInARow;
    private long _goodInARow;
    private ulong _window; // bit n: whether the block n blocks ago was bad
    private long _wanted; // good blocks that leave this failsafe; 0 before the first
    private long _blocksSinceRecovery;
    private long _restLeft;

    public bool IsActive { get; private set; }

    /// <summary>Whether the processing is to be left alone for this block: it was too slow to be tried at every one.</summary>
    public bool TakeRest()
    {
        if (!IsActive || _restLeft == 0)
            return false;

        _restLeft--;
        return true;
    }

    /// <param name="isBad">Whether this block counts as an error.</param>
    /// <param name="isLate">Whether trying the processing took too long: then, in failsafe, it rests before it is tried again.</param>
    /// <returns>Whether <see cref="IsActive"/> changed.</returns>
    public bool Feed(bool isBad, bool isLate = false)
    {
        _badInARow = isBad ? _badInARow + 1 : 0;
        _goodInARow = isBad ? 0 : _goodInARow + 1;
        _window = (_window << 1 | (isBad ? 1UL : 0UL)) & ((1UL << WindowBlocks) - 1);
        _blocksSinceRecovery++;

        var changes = IsActive
            ? autoRecover && _goodInARow >= _wanted
            : _badInARow >= maxConsecutiveErrors || BitOperations.PopCount(_window) >= MaxBadInWindow;
        if (changes)
            Change();
        if (IsActive && isLate)
            _restLeft = _wanted;
        return changes;
    }

    private void Change()
    {
        IsActive = !IsActive;
        if (IsActive)
            _wanted = _wanted == 0 || _blocksSinceRecovery > _longestRecovery ? recoveryBlocks : Math.Min(2 * _wanted, _longestRecovery);

        _badInARow = 0;
        _goodInARow = 0;
        _window = 0; // a new start: errors that led into failsafe do not count after it
        _blocksSinceRecovery = 0;
        _restLeft = 0;
    }
}
