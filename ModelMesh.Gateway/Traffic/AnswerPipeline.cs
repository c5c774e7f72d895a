using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.Registry;
using ModelMesh.Gateway.Routing;

namespace ModelMesh.Gateway.Traffic;

/// <summary>Every answer's way: routed, through the stages in the order in which they were added, then to the registries.</summary>
internal sealed class AnswerPipeline
{
    private readonly ModelResolver _resolver;
    private readonly AnswerNext _first;

    public AnswerPipeline(ModelResolver resolver, IEnumerable<IAnswerStage> stages, InferDispatcher dispatcher)
    {
        _resolver = resolver;
        _first = stages.Reverse().Aggregate<IAnswerStage, AnswerNext>(
            dispatcher.RunAsync,
            (next, stage) => (call, use, cancellationToken) => stage.RunAsync(call, use, next, cancellationToken));
    }

    /// <param name="answerHeaders">Where stages put headers of the answer.</param>
    /// <param name="trace">Told where it goes.</param>
    /// <param name="queued">Told the request's place while it waits for a slot.</param>
    /// <param name="collects">Whether <paramref name="use"/> reads the answer when it is complete.</param>
    /// <exception cref="Contracts.Errors.MeshException">Why there is no answer.</exception>
    public async Task RunAsync(
        ChatRequest request, CallTraits traits, string requestId, StageHeaders answerHeaders, InferTrace trace, Func<Queued, Task>? queued, AnswerUse use, bool collects, CancellationToken cancellationToken)
    {
        var plan = await _resolver.ResolveAsync(request, traits, cancellationToken);
        trace.Routed(plan, answerHeaders);
        await _first(new AnswerCall(request, traits, requestId, answerHeaders) { Plan = plan, Queued = queued, Collects = collects }, use, cancellationToken);
    }
}
