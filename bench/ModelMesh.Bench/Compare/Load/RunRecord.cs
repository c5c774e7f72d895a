using System.Collections.Concurrent;

namespace ModelMesh.Bench.Compare.Load;

/// <summary>What a run has seen so far. Safe for use by all its requests at once.</summary>
internal sealed class RunRecord
{
    private readonly ConcurrentDictionary<string, long> _errors = new(StringComparer.Ordinal);
    private long _requests;
    private long _complete;
    private long _tokens;
    private int _firstTokens;

    public Histogram FirstToken { get; } = new();

    public Histogram Gap { get; } = new();

    /// <summary>By how much gaps were longer than planned. Its own, since what is told exactly of a long gap is not exact for the little that it was late.</summary>
    public Histogram Late { get; } = new();

    public Histogram Total { get; } = new();

    public long Requests => Volatile.Read(ref _requests);

    public long Complete => Volatile.Read(ref _complete);

    public long Tokens => Volatile.Read(ref _tokens);

    /// <summary>How many answers have begun.</summary>
    public int Begun => Volatile.Read(ref _firstTokens);

    public IReadOnlyDictionary<string, long> Errors => _errors;

    public void Sent() => Interlocked.Increment(ref _requests);

    public void First(TimeSpan since)
    {
        FirstToken.Record(since);
        Interlocked.Increment(ref _firstTokens);
    }

    public void Between(TimeSpan gap, TimeSpan planned)
    {
        Gap.Record(gap);
        if (planned > TimeSpan.Zero)
        {
            Late.Record(gap - planned);
        }
    }

    public void Received(int tokens) => Interlocked.Add(ref _tokens, tokens);

    public void Completed(TimeSpan since)
    {
        Total.Record(since);
        Interlocked.Increment(ref _complete);
    }

    public void Failed(string kind) => _errors.AddOrUpdate(kind, 1, static (_, count) => count + 1);
}
