using Grpc.Core;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Instances;
using ModelMesh.Registry.Instances;
using ModelMesh.ServiceDefaults.Instances;

namespace ModelMesh.Registry.Requests;

/// <summary>Asks the other live replicas something, all at once, each for a bounded time. Thread-safe.</summary>
internal sealed class Peers(PeerChannels channels, IInstanceDirectory instances, IInstanceIdentity self, IOptions<RequestsOptions> options, TimeProvider time)
{
    /// <param name="only">The one to ask; null for all. This replica is never asked.</param>
    /// <param name="ask">Makes the call.</param>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public async Task<PeerAnswers<T>> AskAsync<T>(
        string? only, Func<Contracts.V1.Requests.RequestsClient, CancellationToken, AsyncUnaryCall<T>> ask, CancellationToken cancellationToken)
        where T : class
    {
        var others = instances.Current.Where(instance => instance.Id != self.Id && (only is null || instance.Id == only)).ToList();
        var answers = await Task.WhenAll(others.Select(other => AskAsync(other, ask, cancellationToken)));
        return new PeerAnswers<T>([.. answers.OfType<T>()], [.. others.Zip(answers).Where(pair => pair.Second is null).Select(pair => pair.First.Id)]);
    }

    private async Task<T?> AskAsync<T>(InstanceInfo other, Func<Contracts.V1.Requests.RequestsClient, CancellationToken, AsyncUnaryCall<T>> ask, CancellationToken cancellationToken)
        where T : class
    {
        using var late = new CancellationTokenSource(options.Value.PeerTimeout, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            using var call = ask(channels.To(other.GrpcAddress), ended.Token);
            return await call.ResponseAsync;
        }
        catch (Exception exception) when (exception is RpcException or ObjectDisposedException)
        {
            // It is gone, too slow, or older than this question; the last when its connection was just closed.
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }
}
