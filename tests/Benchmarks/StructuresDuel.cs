using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MigrationKit.Benchmarks;

/// <summary>Times two threads that really run at once.</summary>
/// <remarks>
/// On a machine with other work, two threads are seldom on a processor both, and what one measures then is no contention. So each burst is
/// short, begins when both threads have met, and counts only if the system took the processor from neither of them until its end.
/// </remarks>
internal sealed unsafe partial class StructuresDuel : IDisposable
{
    private const int Attempts = 400;
    private const int Rounds = 41;
    private const int UsageOfThread = 1;     // RUSAGE_THREAD
    private const int InvoluntarySwitches = 17; // ru_nivcsw, in 64-bit words

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    private readonly Thread _partner;
    private Action? _work;
    private long _partnerSwitches;
    private int _phase; // 0 idle, 1 called, 2 both there, 3 the burst is over, 4 the partner has seen it
    private bool _isDisposed;

    public StructuresDuel()
    {
        _partner = new Thread(Accompany) { IsBackground = true };
        _partner.Start();
    }

    /// <summary>How often a burst did not count.</summary>
    public int Disturbed { get; private set; }

    /// <summary>Whether the partner should stop its loop.</summary>
    public bool IsOver => Volatile.Read(ref _phase) >= 3;

    /// <returns>Our time as a multiple of the peer's, per operation.</returns>
    public Ratio Cost(Func<double> ours, Func<double> peer) => Compare(ours, peer, (our, their) => our / their);

    /// <returns>How many times faster ours is than the peer, per operation.</returns>
    public Ratio Speedup(Func<double> ours, Func<double> peer) => Compare(ours, peer, (our, their) => their / our);

    /// <summary>Nanoseconds per operation of one undisturbed burst.</summary>
    /// <param name="operations">Of <paramref name="mine"/>, in one burst.</param>
    /// <param name="mine">Does all of them.</param>
    /// <param name="partner">What the other thread does; returns when <see cref="IsOver"/>, or by itself.</param>
    public double Burst(int operations, Action mine, Action partner)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            Volatile.Write(ref _work, partner);
            Volatile.Write(ref _phase, 1);
            SpinUntil(2);
            var switches = CountSwitches();
            var start = Stopwatch.GetTimestamp();
            mine();
            var time = Stopwatch.GetElapsedTime(start).TotalNanoseconds / operations;
            switches = CountSwitches() - switches;
            Volatile.Write(ref _phase, 3);
            SpinUntil(4);
            Volatile.Write(ref _phase, 0);
            if (switches == 0 && _partnerSwitches == 0)
                return time;

            Disturbed++;
        }

        throw Undisturbed();
    }

    /// <summary>The same for one thread.</summary>
    public double Alone(int operations, Action mine)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var switches = CountSwitches();
            var start = Stopwatch.GetTimestamp();
            mine();
            var time = Stopwatch.GetElapsedTime(start).TotalNanoseconds / operations;
            if (CountSwitches() == switches)
                return time;

            Disturbed++;
        }

        throw Undisturbed();
    }

    public void Dispose()
    {
        Volatile.Write(ref _isDisposed, true);
        _partner.Join();
    }

    private static Ratio Compare(Func<double> ours, Func<double> peer, Func<double, double, double> ratio)
    {
        // By time: on a busy machine the thread that compiles the last tier has to wait for a processor too.
        var start = Stopwatch.GetTimestamp();
        for (var warmUp = 0; warmUp < 60 || Stopwatch.GetElapsedTime(start) < WarmUp; warmUp++)
            _ = ours() + peer();
        var ratios = new double[Rounds];
        var controls = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            // Bursts are short: of three, the middle one.
            var first = MiddleOf(peer);
            var one = MiddleOf(ours);
            var two = MiddleOf(ours);
            var last = MiddleOf(peer);
            ratios[round] = ratio(one + two, first + last);
            controls[round] = first / last;
        }

        return Ratio.Of(ratios, Ratio.MedianOf(controls));
    }

    private static double MiddleOf(Func<double> burst)
    {
        double[] times = [burst(), burst(), burst()];
        return times.Order().ElementAt(1);
    }

    private static InvalidOperationException Undisturbed() =>
        new($"None of {Attempts} bursts ran without interruption; run the benchmark when the machine does less.");

    private void Accompany()
    {
        while (!Volatile.Read(ref _isDisposed))
        {
            if (Volatile.Read(ref _phase) != 1)
            {
                Thread.SpinWait(20); // stays on its processor: on a busy machine it would take long to come back
                continue;
            }

            var work = Volatile.Read(ref _work)!;
            var switches = CountSwitches();
            Volatile.Write(ref _phase, 2);
            work();
            _partnerSwitches = CountSwitches() - switches;
            SpinUntil(3);
            Volatile.Write(ref _phase, 4);
        }
    }

    private void SpinUntil(int phase)
    {
        while (Volatile.Read(ref _phase) != phase)
            Thread.SpinWait(1);
    }

    // Where the system does not tell, every burst counts.
    private static long CountSwitches()
    {
        if (!OperatingSystem.IsLinux())
            return 0;

        var usage = stackalloc long[18];
        return Usage(UsageOfThread, usage) == 0 ? usage[InvoluntarySwitches] : 0;
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Usage(int who, long* usage);
}
