using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Load;

/// <summary>What came of requests. Each worker has its own; they are added up at the end.</summary>
internal sealed class LoadTally
{
    /// <summary>What a stream that ended without saying how is called.</summary>
    public const string Cut = "cut_stream";

    public long Completed { get; private set; }

    public long Tokens { get; private set; }

    /// <summary>Error code → how many, streams that were cut among them.</summary>
    public SortedDictionary<string, long> Errors { get; } = new(StringComparer.Ordinal);

    public LatencyHistogram FirstToken { get; } = new();

    public LatencyHistogram Gap { get; } = new();

    public LatencyHistogram Total { get; } = new();

    public long Requests => Completed + Errors.Values.Sum();

    public void Complete(TimeSpan total)
    {
        Completed++;
        Total.Add(total);
    }

    /// <summary>What the last failure of all was, for whoever has nothing but failures.</summary>
    public CommandFailure? LastFailure { get; private set; }

    public void Fail(CommandFailure failure)
    {
        Errors[failure.Code] = Errors.GetValueOrDefault(failure.Code) + 1;
        LastFailure = failure;
    }

    /// <param name="sinceRequest">Set for the first token.</param>
    /// <param name="sinceToken">Set for later ones.</param>
    public void Token(TimeSpan? sinceRequest, TimeSpan? sinceToken)
    {
        Tokens++;
        if (sinceRequest is { } first)
        {
            FirstToken.Add(first);
        }

        if (sinceToken is { } gap)
        {
            Gap.Add(gap);
        }
    }

    public void Add(LoadTally other)
    {
        Completed += other.Completed;
        Tokens += other.Tokens;
        foreach (var (code, count) in other.Errors)
        {
            Errors[code] = Errors.GetValueOrDefault(code) + count;
        }

        LastFailure ??= other.LastFailure;
        FirstToken.Add(other.FirstToken);
        Gap.Add(other.Gap);
        Total.Add(other.Total);
    }
}
