using System.Diagnostics;
using System.Runtime.InteropServices;

namespace VoiceForge.Tests.Audio;

/// <summary>A PulseAudio server of its own, whose only device plays into nothing and can be recorded.</summary>
/// <remarks>While it lives, the process's <c>PULSE_SERVER</c> names it; a server that the machine may have is not touched.</remarks>
internal sealed partial class PulseServer : IDisposable
{
    private const string Variable = "PULSE_SERVER";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly string? _variableBefore = Environment.GetEnvironmentVariable(Variable);
    private Process _process;

    public PulseServer()
    {
        _process = Start();
        SetForNativeCode($"unix:{Socket}");
    }

    private string Socket => _folder.PathOf("native");

    public void StartAgain()
    {
        _process.Dispose();
        File.Delete(Socket);
        _process = Start();
    }

    /// <summary>Records what the sink plays, mono, 32-bit float, 48 kHz.</summary>
    public Process Record() => Run("parec", $"--server=unix:{Socket}", "--device=nowhere.monitor", "--raw", "--format=float32le", "--rate=48000", "--channels=1", "--latency-msec=20");

    /// <summary>Ends the server at once, as if the device had been unplugged.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
        SetForNativeCode(_variableBefore);
        _folder.Dispose();
    }

    // Without norewinds the sink takes two seconds at once and then nothing for as long.
    private Process Start()
    {
        var process = Run(
            "pulseaudio",
            "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--realtime=no", "--high-priority=no", "--log-target=stderr",
            "-L", $"module-native-protocol-unix auth-anonymous=1 socket={Socket}",
            "-L", "module-null-sink sink_name=nowhere rate=48000 channels=2 format=float32le norewinds=1");
        process.BeginErrorReadLine();
        Assert.True(SpinWait.SpinUntil(() => File.Exists(Socket) || process.HasExited, Limit));
        Assert.False(process.HasExited, "pulseaudio did not start.");
        return process;
    }

    private static void SetForNativeCode(string? value)
    {
        // .NET keeps a copy of its own: what Environment sets is not seen by getenv.
        var result = value is null ? unsetenv(Variable) : setenv(Variable, value, 1);
        Assert.Equal(0, result);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int unsetenv(string name);

    private Process Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["XDG_RUNTIME_DIR"] = _folder.PathOf(".");
        start.Environment["HOME"] = _folder.PathOf("."); // no cookie and no database are left behind
        return Process.Start(start)!;
    }
}
