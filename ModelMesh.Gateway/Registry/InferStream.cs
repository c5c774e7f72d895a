using Grpc.Core;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.Registry;

/// <summary>One answer on its way from a registry.</summary>
internal sealed class InferStream : IAnswerStream
{
    private static readonly Queued NoLonger = new();
    private readonly AsyncServerStreamingCall<InferEvent> _call;
    private readonly RegistryFleet _fleet;
    private readonly RegistryInstance _instance;

    private InferStream(AsyncServerStreamingCall<InferEvent> call, RegistryFleet fleet, RegistryInstance instance) =>
        (_call, _fleet, _instance) = (call, fleet, instance);

    public Accepted Accepted { get; private set; } = new();

    public TimeSpan BackendWait { get; private set; }

    public InferEvent Current => _call.ResponseStream.Current;

    /// <summary>
    /// Starts a call and waits for its first tokens. From here on the instance's use is the stream's to give back, also when this throws.
    /// </summary>
    /// <param name="queued">Told the request's place while it waits for a slot, and place 0 when it has one; null when nobody wants to know.</param>
    /// <param name="cancellationToken">Ends the call at once, whatever is being waited for then.</param>
    /// <exception cref="RpcException">The call failed before a token came.</exception>
    public static async Task<InferStream> OpenAsync(RegistryFleet fleet, RegistryInstance instance, InferRequest request, Func<Queued, Task>? queued, CancellationToken cancellationToken)
    {
        var stream = new InferStream(instance.Client.Infer(request, cancellationToken: cancellationToken), fleet, instance);
        try
        {
            while (await stream._call.ResponseStream.MoveNext(CancellationToken.None))
            {
                if (stream.Current.EventCase == InferEvent.EventOneofCase.Accepted)
                {
                    stream.Accepted = stream.Current.Accepted;
                    instance.Answered();
                    await (queued?.Invoke(NoLonger) ?? Task.CompletedTask);
                }
                else if (stream.Current.EventCase == InferEvent.EventOneofCase.Queued)
                {
                    await (queued?.Invoke(stream.Current.Queued) ?? Task.CompletedTask);
                }
                else if (stream.Current.EventCase == InferEvent.EventOneofCase.Completed || stream.Current.Deltas is { Items.Count: > 0 })
                {
                    stream.BackendWait = TimeSpan.FromMicroseconds(stream.Current.Deltas?.BackendWaitUs ?? stream.Current.Completed.BackendWaitUs);
                    return stream;
                }
            }

            throw FailedAttempt.Incomplete(instance.Info.Id);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Moves to the next event. The call has its own token; one a token would cost a registration each.</summary>
    public Task<bool> MoveNextAsync() => _call.ResponseStream.MoveNext(CancellationToken.None);

    public MeshException Explain(RpcException exception)
    {
        var failure = FailedAttempt.From(exception, _instance.Info.Id, _instance.Info.Stopping);
        if (failure.ConnectionFailed)
        {
            _fleet.Avoid(_instance);
        }

        return failure.Error;
    }

    public MeshException Incomplete() => FailedAttempt.Incomplete(_instance.Info.Id);

    public void Dispose()
    {
        _call.Dispose();
        _instance.Dispose();
    }
}
