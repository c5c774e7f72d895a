using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Registry.Continuation;

/// <summary>What an answer of several attempts used. The broken ones told nothing, so what they sent counts by its pieces, and the sum is an estimate. Pure.</summary>
internal static class ContinuedUsage
{
    /// <param name="completed">The end of the last attempt, whose input held what was sent before it.</param>
    /// <param name="sentBefore">How many pieces those were.</param>
    public static void Apply(Completed completed, int sentBefore)
    {
        var usage = completed.Usage ??= new Usage();
        usage.InputTokens = Math.Max(0, usage.InputTokens - sentBefore);
        usage.OutputTokens += sentBefore;
        usage.TotalTokens = usage.InputTokens + usage.OutputTokens;
        usage.Estimated = true;
    }
}
