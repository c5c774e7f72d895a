using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Queue;

namespace ModelMesh.Registry.Tests.Fakes;

/// <summary>Takes every event of a stream, and does nothing with it.</summary>
internal sealed class QuietSink : IInferenceSink
{
    public Task QueuedAsync(QueuePosition position) => Task.CompletedTask;

    public Task AcceptedAsync(ModelVersion model) => Task.CompletedTask;

    public Task TokensAsync(IReadOnlyList<AnswerPiece> pieces, AnswerCost cost, bool mayWait) => Task.CompletedTask;

    public Task CompletedAsync(Completion completion) => Task.CompletedTask;

    public Task FlushAsync() => Task.CompletedTask;

    public void Abort()
    {
    }
}
