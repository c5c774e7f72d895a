using Grpc.Core;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Registry;

/// <summary>One request for embeddings at one instance.</summary>
internal static class EmbedCall
{
    /// <summary>The instance's use is given back here, also when this throws.</summary>
    /// <exception cref="RpcException">The call failed.</exception>
    public static async Task<EmbedResponse> RunAsync(RegistryInstance instance, EmbedRequest request, CancellationToken cancellationToken)
    {
        using (instance)
        {
            using var call = instance.Client.EmbedAsync(request, cancellationToken: cancellationToken);
            var response = await call.ResponseAsync;
            instance.Answered();
            return response;
        }
    }
}
