using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Queue;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Ui.Playground;

/// <summary>Writes a stream's events to the playground's page.</summary>
internal sealed class PlaygroundSink(EventWriter events, string instance, ICatalog catalog, HttpContext http) : IInferenceSink
{
    private ModelVersion? _model;

    /// <summary>Whether something of an answer has reached the page.</summary>
    public bool HasToken { get; private set; }

    public Task QueuedAsync(QueuePosition position) =>
        events.WriteAsync("queued", new QueuedEvent(position.Position, (long?)position.ExpectedWait?.TotalMilliseconds), PlaygroundJson.Default.QueuedEvent);

    public Task AcceptedAsync(ModelVersion model)
    {
        _model = model;
        return events.WriteAsync("accepted", new AcceptedEvent(model.Name, model.Version, model.Revision, instance, model.BackendType), PlaygroundJson.Default.AcceptedEvent);
    }

    public Task TokensAsync(IReadOnlyList<AnswerPiece> pieces, AnswerCost cost, bool mayWait)
    {
        HasToken = true;
        var text = string.Concat(pieces.Select(piece => piece.Text + piece.Extras?.Refusal));
        var reasoning = string.Concat(pieces.Select(piece => piece.Extras?.Reasoning));
        return events.WriteAsync(
            "tokens",
            new TokensEvent(text.Length == 0 ? null : text, reasoning.Length == 0 ? null : reasoning, pieces.Count, CostOf(cost)),
            PlaygroundJson.Default.TokensEvent);
    }

    public Task CompletedAsync(Completion completion) => events.WriteAsync(
        "completed",
        new CompletedEvent(
            completion.FinishReason,
            completion.InputTokens,
            completion.OutputTokens,
            completion.TotalTokens,
            completion.UsageIsEstimated,
            completion.CachedInputTokens,
            completion.ReasoningTokens,
            completion.SkippedChunks,
            CostOf(completion.Cost),
            catalog.Current.Find(_model!.Id)?.Revision),
        PlaygroundJson.Default.CompletedEvent);

    // Every event is sent as it is written: a person watches them come.
    public Task FlushAsync() => Task.CompletedTask;

    public void Abort() => http.Abort();

    private CostView? CostOf(AnswerCost cost) => cost.Attempts == 0 ? null : new CostView((long)cost.BackendWait.TotalMilliseconds, cost.Attempts, AskedEndpoint.Of(_model!, cost.Endpoint));
}
