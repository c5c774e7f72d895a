using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.RateLimits;
using ModelMesh.Gateway.Registry;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Embed;

/// <summary>Every API's way from texts to embeddings: routed, within the rate limits, then to the registries.</summary>
internal sealed class EmbedPipeline(ModelResolver resolver, EmbeddingLimits limits, InferDispatcher dispatcher)
{
    /// <exception cref="Contracts.Errors.MeshException">Why there are no embeddings.</exception>
    public async Task<EmbedResponse> RunAsync(HttpContext context, EmbeddingInputs inputs, InferTrace trace, CancellationToken cancellationToken)
    {
        var traits = CallTraits.Of(context);
        trace.Asks(inputs, traits, RequestId.Of(context), stream: false);
        var plan = await resolver.ResolveAsync(inputs, traits, cancellationToken);
        var headers = StageHeaders.On(context.Response);
        trace.Routed(plan, headers);
        var response = await limits.RunAsync(
            inputs, traits, plan, headers, () => dispatcher.EmbedAsync(inputs, traits, plan, headers, RequestId.Of(context), cancellationToken), cancellationToken);
        trace.Serves(response.Accepted, TimeSpan.FromMicroseconds(response.BackendWaitUs));
        trace.Used(response.Usage);
        return response;
    }
}
