using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Shadows;

/// <summary>Counts an answer as it goes by. It keeps no text and allocates nothing for a token. Not thread-safe.</summary>
/// <param name="digest">Given what the answer says; null where it need not be compared word for word.</param>
internal sealed class AnswerMeter(AnswerDigest? digest) : IDisposable
{
    private Completed? _completed;
    private long _characters;
    private bool _hasToken;

    public bool IsComplete => _completed is not null;

    /// <summary>Whether it broke and another attempt went on with it.</summary>
    public bool WasContinued => _completed is { ContinuedBy.Count: > 0 };

    public void Count(InferEvent item)
    {
        _completed = item.Completed;
        if (item.Deltas is not { } deltas)
        {
            return;
        }

        for (var i = 0; i < deltas.Items.Count; i++)
        {
            _hasToken = true;
            _characters += deltas.Items[i].Text.Length;
            digest?.Add(deltas.Items[i]);
        }
    }

    /// <summary>All that was counted.</summary>
    /// <param name="backendWait">How long the backend took for the first token.</param>
    public MeasuredAnswer Measure(AnswerOutcome outcome, Accepted accepted, TimeSpan backendWait) => new(outcome, accepted.Version, accepted.Revision)
    {
        FirstToken = _hasToken ? backendWait : null,
        OutputTokens = _completed?.Usage?.OutputTokens ?? 0,
        Characters = _characters,
        FinishReason = _completed?.FinishReason ?? "",
        Digest = IsComplete ? digest?.Finish() : null,
    };

    public void Dispose() => digest?.Dispose();
}
