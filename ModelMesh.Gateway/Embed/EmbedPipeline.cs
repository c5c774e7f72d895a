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
    public async Task<EmbedResponse> RunAsync(HttpContext context, EmbeddingInputs inputs, CancellationToken cancellationToken)
    {
        var traits = CallTraits.Of(context);
        var plan = await resolver.ResolveAsync(inputs, traits, cancellationToken);
        var headers = StageHeaders.On(context.Response);
        return await limits.RunAsync(
            inputs, traits, plan, headers, () => dispatcher.EmbedAsync(inputs, traits, plan, headers, RequestId.Of(context), cancellationToken), cancellationToken);
    }
}
