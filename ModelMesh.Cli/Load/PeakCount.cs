namespace ModelMesh.Cli.Load;

/// <summary>How many were under way at the same time, at most. Thread-safe.</summary>
internal sealed class PeakCount
{
    private readonly Lock _gate = new();
    private int _now;

    public int Most { get; private set; }

    public void Enter()
    {
        lock (_gate)
        {
            Most = Math.Max(Most, ++_now);
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            _now--;
        }
    }
}
