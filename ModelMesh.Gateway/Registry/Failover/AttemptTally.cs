namespace ModelMesh.Gateway.Registry.Failover;

/// <summary>How many times upstreams were asked for one request, as far as registries said. Thread-safe.</summary>
internal sealed class AttemptTally
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Add(int attempts) => Interlocked.Add(ref _count, attempts);
}
