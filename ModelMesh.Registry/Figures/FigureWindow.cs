namespace ModelMesh.Registry.Figures;

/// <summary>
/// The figures of the last 60 s, in steps of 5 s: a stream counts from its end on for 55 to 60 s. Nothing runs while nobody asks. Thread-safe.
/// </summary>
internal sealed class FigureWindow(TimeProvider time)
{
    private const int Steps = 12;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly (long Step, StreamFigures Figures)[] _steps = new (long, StreamFigures)[Steps];
    private readonly long _start = time.GetTimestamp();

    public StreamFigures Sum
    {
        get
        {
            var now = Now();
            var sum = default(StreamFigures);
            lock (_lock)
            {
                foreach (var (step, figures) in _steps)
                {
                    sum += now - step < Steps ? figures : default;
                }
            }

            return sum;
        }
    }

    public void Add(StreamFigures figures)
    {
        var now = Now();
        lock (_lock)
        {
            ref var slot = ref _steps[now % Steps];
            slot = (now, slot.Step == now ? slot.Figures + figures : figures);
        }
    }

    private long Now() => time.GetElapsedTime(_start).Ticks / Step.Ticks;
}
