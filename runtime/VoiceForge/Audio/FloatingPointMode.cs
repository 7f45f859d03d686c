using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VoiceForge.Audio;

/// <summary>How the calling thread rounds, and whether it keeps denormals. .NET relies on the default; native libraries may leave another one behind.</summary>
internal static unsafe partial class FloatingPointMode
{
    private const nint DefaultEnvironment = -1; // FE_DFL_ENV of glibc and musl
    private const uint RoundingControl = 0x300; // _MCW_RC; to nearest is 0
    private const uint DenormalControl = 0x03000000; // _MCW_DN; to keep them is 0

    // Not constants: the compiler would do the arithmetic, in its own mode.
    private static float _one = 1;
    private static float _quarterStep = 1f / (1 << 25);
    private static float _threeQuarterStep = 3f / (1 << 25);
    private static float _smallestNormal = 1.17549435e-38f;
    private static float _smallest = float.Epsilon;
    private static float _half = 0.5f;
    private static float _large = 1e30f;

    /// <summary>Whether results are rounded to the nearest number and denormals kept.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // so that it is not done before the call it is to judge
    public static bool IsDefault() =>
        _one + _quarterStep == _one && -_one - _quarterStep == -_one && // not up, not down
        _one + _threeQuarterStep != _one && // not towards zero
        _smallestNormal * _half != 0 && _smallest * _large != 0; // neither results nor operands flushed

    /// <summary>Goes back to the default; on macOS it stays as it is.</summary>
    public static void Restore()
    {
        if (OperatingSystem.IsLinux())
            _ = fesetenv(DefaultEnvironment);
        else if (OperatingSystem.IsWindows())
            _ = _controlfp_s(null, 0, RoundingControl | DenormalControl);
    }

    [LibraryImport("libm.so.6")]
    private static partial int fesetenv(nint environment);

    [LibraryImport("ucrtbase")]
    private static partial int _controlfp_s(uint* current, uint value, uint mask);
}
