using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.RateLimits;

/// <summary>Counts what an answer took while it goes by. Not thread-safe.</summary>
/// <param name="estimatedInput">What the prompt counts while nobody says better.</param>
internal sealed class TokenMeter(long estimatedInput)
{
    private long _pieces;
    private Usage? _usage;

    /// <summary>What the backend counted; of an answer that it did not count, or that was cut, the estimate of the prompt and the pieces that came.</summary>
    public long Used => UsedOf(_usage, estimatedInput, _pieces);

    public static long UsedOf(Usage? usage, long estimatedInput, long pieces) => usage is null or { Estimated: true }
        ? estimatedInput + Math.Max(pieces, usage?.OutputTokens ?? 0)
        : Math.Max(usage.TotalTokens, usage.InputTokens + usage.OutputTokens);

    public void Count(InferEvent passing)
    {
        if (passing.EventCase == InferEvent.EventOneofCase.Completed)
        {
            _usage = passing.Completed.Usage;
        }
        else if (passing.Deltas is { } deltas)
        {
            _pieces += deltas.Items.Count;
        }
    }
}
