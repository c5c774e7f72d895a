using System.Diagnostics;
using System.Threading.Tasks.Sources;
using ModelMesh.Bench.Compare.Load;

namespace ModelMesh.Bench.Compare.Upstream;

/// <summary>
/// Wakes thousands of streams at their moments, to the millisecond: one thread over a wheel of milliseconds. Timers of .NET look at each other's times at every tick.
/// </summary>
internal sealed class Pacer : IDisposable
{
    private const int Slots = 1 << 12;

    private readonly List<Turn>[] _wheel = [.. Enumerable.Range(0, Slots).Select(_ => new List<Turn>())];
    private readonly AutoResetEvent _some = new(false);
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Thread _thread;
    private volatile bool _ended;
    private int _waiting;
    private long _passed = -1;

    public Pacer()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "pacer" };
        _thread.Start();
    }

    /// <summary>Completes at <paramref name="due"/>, a timestamp of <see cref="Stopwatch"/>, or at once when that is past. A turn can wait for one moment at a time.</summary>
    public ValueTask WaitAsync(Turn turn, long due)
    {
        if (due <= Stopwatch.GetTimestamp())
        {
            return ValueTask.CompletedTask;
        }

        // The tick after the moment: never early.
        turn.Tick = (long)Stopwatch.GetElapsedTime(_start, due).TotalMilliseconds + 1;
        var task = turn.Begin();
        if (!TryAdd(turn))
        {
            turn.Complete();
        }
        else if (Interlocked.Increment(ref _waiting) == 1)
        {
            _some.Set();
        }

        return task;
    }

    public void Dispose()
    {
        _ended = true;
        _some.Set();
        _thread.Join();
        _some.Dispose();
    }

    // A thread may be kept from here until its moment has passed: nobody would look there for a whole round of the wheel.
    private bool TryAdd(Turn turn)
    {
        var slot = _wheel[turn.Tick & (Slots - 1)];
        lock (slot)
        {
            if (turn.Tick <= Volatile.Read(ref _passed))
            {
                return false;
            }

            slot.Add(turn);
            return true;
        }
    }

    private void Run()
    {
        var due = new List<Turn>();
        var tick = 0L;
        while (!_ended)
        {
            if (Volatile.Read(ref _waiting) == 0)
            {
                _some.WaitOne();
            }

            // The newest tick is left for the next round: somebody may be adding to it.
            var now = (long)Stopwatch.GetElapsedTime(_start).TotalMilliseconds;
            for (tick = Math.Max(tick, now - Slots); tick < now; tick++)
            {
                Wake(tick, due);
            }

            PreciseClock.WaitUntil(PreciseClock.After(_start, TimeSpan.FromMilliseconds(now + 1)));
        }
    }

    private void Wake(long tick, List<Turn> due)
    {
        var slot = _wheel[tick & (Slots - 1)];
        lock (slot)
        {
            Volatile.Write(ref _passed, tick);

            // One that is a round of the wheel or more ahead stays.
            foreach (var turn in slot)
            {
                if (turn.Tick <= tick)
                {
                    due.Add(turn);
                }
            }

            slot.RemoveAll(turn => turn.Tick <= tick);
        }

        Interlocked.Add(ref _waiting, -due.Count);
        foreach (var turn in due)
        {
            turn.Complete();
        }

        due.Clear();
    }

    /// <summary>A stream's place in the wheel, used again for each of its tokens.</summary>
    internal sealed class Turn : IValueTaskSource
    {
        private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };

        public long Tick { get; set; }

        public ValueTask Begin()
        {
            _core.Reset();
            return new ValueTask(this, _core.Version);
        }

        public void Complete() => _core.SetResult(true);

        public void GetResult(short token) => _core.GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => _core.OnCompleted(continuation, state, token, flags);
    }
}
