namespace ModelMesh.Gateway.Registry.Failover;

/// <summary>How many times upstreams were asked for one request, as far as registries said. Thread-safe.</summary>
internal sealed class AttemptTally
{
    private int _count;
    private int _begun;

    public int Count => Volatile.Read(ref _count);

    /// <summary>One more was sent to a registry.</summary>
    /// <returns>Which one it is, from 1.</returns>
    public int Begin() => Interlocked.Increment(ref _begun);

    public void Add(int attempts) => Interlocked.Add(ref _count, attempts);
}
