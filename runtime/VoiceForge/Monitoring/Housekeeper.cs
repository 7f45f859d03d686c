using System.Diagnostics;

namespace VoiceForge.Monitoring;

/// <summary>Does what is due now and then, and what is posted to it, on one thread of its own, which a starved thread pool cannot delay.</summary>
/// <remarks>Any thread may call any member. Only monotonic time counts. What is overdue, after a suspended machine woke up say, is done once.</remarks>
internal sealed class Housekeeper : IDisposable
{
    private readonly Lock _running = new(); // one piece of work at a time
    private readonly object _gate = new(); // waited on with Monitor, so no Lock
    private readonly Queue<Action> _posted = [];
    private readonly Duty[] _duties;
    private readonly Action<Exception> _onFault;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Thread _thread;
    private bool _stopping;

    /// <param name="onFault">Told when a piece of work throws; the others go on.</param>
    /// <param name="duties">What to do how often, first after one period.</param>
    public Housekeeper(Action<Exception> onFault, params (TimeSpan Period, Action Work)[] duties)
    {
        _onFault = onFault;
        _duties = Array.ConvertAll(duties, duty => new Duty(duty.Period, duty.Work));
        _thread = new Thread(Run) { IsBackground = true, Name = "VoiceForge housekeeper", Priority = ThreadPriority.BelowNormal };
        _thread.Start();
    }

    /// <summary>Has something done soon. After <see cref="Dispose"/> it is not done.</summary>
    public void Post(Action work)
    {
        lock (_gate)
        {
            if (_stopping)
                return;

            _posted.Enqueue(work);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Does what is due at a time since the start.</summary>
    public void RunDue(TimeSpan now)
    {
        foreach (var duty in _duties)
        {
            lock (_running)
            {
                if (duty.IsDue(now))
                    Do(duty.Work);
            }
        }
    }

    /// <summary>Does what was posted before, then ends the thread. Does nothing the second time.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }

        if (Thread.CurrentThread != _thread)
            _thread.Join();
    }

    private void Run()
    {
        while (true)
        {
            Action? posted;
            lock (_gate)
            {
                if (!_posted.TryDequeue(out posted))
                {
                    if (_stopping)
                        return;

                    var now = Stopwatch.GetElapsedTime(_start);
                    var next = _duties.Length == 0 ? Timeout.InfiniteTimeSpan : _duties.Min(duty => duty.Next) - now;
                    if (_duties.Length == 0 || next > TimeSpan.Zero)
                        Monitor.Wait(_gate, next);
                }
            }

            if (posted is not null)
            {
                lock (_running)
                    Do(posted);
            }

            RunDue(Stopwatch.GetElapsedTime(_start));
        }
    }

    private void Do(Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception) // housekeeping must never be what ends a process that is on air
        {
            _onFault(exception);
        }
    }

    private sealed class Duty
    {
        private readonly TimeSpan _period;

        public Duty(TimeSpan period, Action work)
        {
            _period = period;
            Next = period;
            Work = work;
        }

        public Action Work { get; }

        public TimeSpan Next { get; private set; }

        public bool IsDue(TimeSpan now)
        {
            if (now < Next)
                return false;

            Next = now + _period;
            return true;
        }
    }
}
