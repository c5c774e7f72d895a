using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Queue;

namespace ModelMesh.Registry.Inference;

/// <summary>
/// Where a stream's events go: queued*, accepted, tokens*, completed; one call at a time. A write waits while the reader is slow, and throws when the
/// reader has gone.
/// </summary>
internal interface IInferenceSink
{
    /// <summary>The request waits for a slot, at this place.</summary>
    Task QueuedAsync(QueuePosition position);

    /// <summary>May be kept back until the next tokens, or <see cref="FlushAsync"/>.</summary>
    Task AcceptedAsync(ModelVersion model);

    /// <param name="pieces">At least one; only valid until the task completes.</param>
    /// <param name="cost">With the first ones: what it took to get them. Nothing with all others.</param>
    /// <param name="mayWait">Whether they may be kept back until the answer is completed, which is at once.</param>
    Task TokensAsync(IReadOnlyList<AnswerPiece> pieces, AnswerCost cost, bool mayWait);

    /// <summary>The last event; may be kept back until the call ends, which is at once.</summary>
    Task CompletedAsync(Completion completion);

    /// <summary>Sends what was kept back.</summary>
    Task FlushAsync();

    /// <summary>Makes a write that is stuck fail, by resetting this one stream; others on the same connection go on.</summary>
    void Abort();
}
