using Grpc.Core;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Registry.Breakers;
using ModelMesh.Gateway.Registry.Waiting;

namespace ModelMesh.Gateway.Registry;

/// <summary>One request for embeddings at one instance.</summary>
internal static class EmbedCall
{
    /// <summary>The instance's use is given back here, also when this throws.</summary>
    /// <param name="bound">How long the instance may take, whatever the model does.</param>
    /// <exception cref="RpcException">The call failed.</exception>
    /// <exception cref="SilentInstanceException">It took longer.</exception>
    public static async Task<EmbedResponse> RunAsync(
        RegistryInstance instance, EmbedRequest request, TimeSpan bound, RoutePass pass, TimeProvider time, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(bound, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        using (instance)
        {
            try
            {
                using var call = instance.Client.EmbedAsync(request, cancellationToken: ended.Token);
                var response = await call.ResponseAsync;
                instance.Answered();
                pass.Succeeded();
                return response;
            }
            catch (RpcException exception) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw SilentInstanceException.AfterAccepted(instance.Info.Id, exception);
            }
        }
    }
}
