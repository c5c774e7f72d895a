namespace ModelMesh.Cli.Load;

/// <summary>How far a run is, for whoever looks at it meanwhile. Thread-safe; figures of one look may be some requests apart.</summary>
internal sealed class LoadProgress
{
    private long _begun;
    private long _completed;
    private long _failed;
    private long _tokens;

    public long Begun => Interlocked.Read(ref _begun);

    public long Completed => Interlocked.Read(ref _completed);

    public long Failed => Interlocked.Read(ref _failed);

    public long Tokens => Interlocked.Read(ref _tokens);

    public long InFlight => Begun - Completed - Failed;

    /// <returns>Which request this is, from 1.</returns>
    public long Begin() => Interlocked.Increment(ref _begun);

    /// <summary>A request that was not begun after all.</summary>
    public void TakeBack() => Interlocked.Decrement(ref _begun);

    public void Complete() => Interlocked.Increment(ref _completed);

    public void Fail() => Interlocked.Increment(ref _failed);

    public void Token() => Interlocked.Increment(ref _tokens);
}
