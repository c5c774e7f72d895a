using ModelMesh.ServiceDefaults.Figures;
using ModelMesh.ServiceDefaults.Shadows;

namespace ModelMesh.Gateway.Shadows;

/// <summary>A request and a copy of it that have both ended.</summary>
internal sealed record ComparedRequest(ShadowPair Pair, MeasuredAnswer Real, MeasuredAnswer Copy)
{
    /// <summary>
    /// The fields of the pair's figures that it adds to, and by how much. Pure.
    /// 1. No copy was sent: that alone, so that both sides tell of the same requests.
    /// 2. How each ended, and its time to first token.
    /// 3. Both completed: how long they are, and whether they are alike.
    /// </summary>
    public IEnumerable<KeyValuePair<string, long>> Counts()
    {
        // 1
        if (Copy.Outcome == AnswerOutcome.Dropped)
        {
            return [new(ShadowFields.Dropped, 1)];
        }

        // 2
        IEnumerable<KeyValuePair<string, long>> counts = [new(ShadowFields.Requests, 1), .. Of(ShadowFields.Real, Real), .. Of(ShadowFields.Shadow, Copy)];

        // 3
        return Real.Outcome == AnswerOutcome.Completed && Copy.Outcome == AnswerOutcome.Completed ? counts.Concat(OfBoth()) : counts;
    }

    private static IEnumerable<KeyValuePair<string, long>> Of(string side, MeasuredAnswer answer)
    {
        yield return new(side + FieldOf(answer.Outcome), 1);
        if (answer.FirstToken is { } time)
        {
            yield return new(side + ShadowFields.Bucket(FirstTokenBuckets.Of(time)), 1);
        }
    }

    private static string FieldOf(AnswerOutcome outcome) => outcome switch
    {
        AnswerOutcome.Completed => ShadowFields.Completed,
        AnswerOutcome.Failed => ShadowFields.Errors,
        AnswerOutcome.Left => ShadowFields.Left,
        _ => ShadowFields.Unserved,
    };

    private IEnumerable<KeyValuePair<string, long>> OfBoth()
    {
        yield return new(ShadowFields.Both, 1);
        yield return new(ShadowFields.Real + ShadowFields.Tokens, Real.OutputTokens);
        yield return new(ShadowFields.Shadow + ShadowFields.Tokens, Copy.OutputTokens);
        yield return new(ShadowFields.Real + ShadowFields.Characters, Real.Characters);
        yield return new(ShadowFields.Shadow + ShadowFields.Characters, Copy.Characters);
        yield return new(ShadowFields.SameFinish, string.Equals(Real.FinishReason, Copy.FinishReason, StringComparison.Ordinal) ? 1 : 0);
        if (Real.Digest is { } real && Copy.Digest is { } copy)
        {
            yield return new(ShadowFields.Matchable, 1);
            yield return new(ShadowFields.Matched, real.AsSpan().SequenceEqual(copy) ? 1 : 0);
        }
    }
}
