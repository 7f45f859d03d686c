using System.Runtime.InteropServices;

namespace MigrationKit.Cli;

/// <summary>Ctrl-C and the other ways to ask a process to end, as a token: the first one asks, a second one ends the process at once.</summary>
/// <remarks>
/// Files are being replaced only for moments, but on a slow disk these can be long. So nothing limits the time between the request and the end: a run that is cancelled in
/// time writes nothing, one that is writing already ends what it began. The second request leaves what a kill leaves, which the next command brings to an end.
/// </remarks>
internal sealed class Interruption : IDisposable
{
    private readonly TextWriter _error;
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    /// <param name="error">Where a person is told that the request was heard.</param>
    public Interruption(TextWriter error)
    {
        _error = error;
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
    }

    /// <summary>Cancelled by the first request.</summary>
    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested)
            return; // not cancelled: the system's own answer, the end, follows
        context.Cancel = true;
        if (context.Signal != PosixSignal.SIGHUP) // then nobody is there to read it
            _error.WriteLine("stopping; once more ends the process at once");
        _source.Cancel();
    }
}
