using Grpc.Core;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.Registry.Failover;
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
        RegistryInstance instance, RouteTurn turn, EmbedRequest request, TimeSpan bound, TimeProvider time, CancellationToken cancellationToken)
    {
        using var span = AttemptSpan.Start(instance.Info.Id, turn.Route.Model, turn.Cause, turn.Number);
        using var late = new CancellationTokenSource(bound, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        using (instance)
        {
            try
            {
                using var call = instance.Client.EmbedAsync(request, cancellationToken: ended.Token);
                var response = await call.ResponseAsync;
                instance.Answered();
                turn.Pass.Succeeded();
                span?.Succeeded();
                return response;
            }
            catch (RpcException exception) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                var silent = SilentInstanceException.AfterAccepted(instance.Info.Id, exception);
                span?.Failed(silent.Error.Code);
                throw silent;
            }
            catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
            {
                span?.Failed(FailedAttempt.From(exception, instance.Info)!.Error.Code);
                throw;
            }
        }
    }
}
