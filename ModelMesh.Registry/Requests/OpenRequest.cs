using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Attempts;

namespace ModelMesh.Registry.Requests;

/// <summary>
/// One request that this replica handles, from its arrival until its caller has been answered. The request writes, whoever looks at it or ends it does so from another thread,
/// without a lock. Disposed by the request.
/// </summary>
internal sealed class OpenRequest(RequestArrival arrival, long number, RequestTable table, TimeProvider time, CancellationToken callerGone) : IDisposable
{
    private readonly CancellationTokenSource _queueing = CancellationTokenSource.CreateLinkedTokenSource(callerGone);
    private readonly long _arrivedAt = time.GetTimestamp();
    private ServedRequest? _served;
    private MeshException? _cancelled;

    public RequestArrival Arrival => arrival;

    public long Number => number;

    public long StartedAtMs { get; } = time.GetUtcNow().ToUnixTimeMilliseconds();

    public string State => StateOf(Volatile.Read(ref _served));

    /// <summary>Waits for a slot, until an operator ends that.</summary>
    /// <exception cref="MeshException"><c>cancelled</c>, or what the wait itself throws.</exception>
    public async Task<T> QueueAsync<T>(Func<CancellationToken, Task<T>> wait)
    {
        Volatile.Write(ref _served, null);
        try
        {
            return await wait(_queueing.Token);
        }
        catch (OperationCanceledException) when (_queueing.IsCancellationRequested && !callerGone.IsCancellationRequested)
        {
            throw _cancelled!;
        }
    }

    /// <summary>It has got a slot.</summary>
    public void Serve(ServedRequest served)
    {
        // Each side writes its own field, then reads the other's: without a fence both could miss the other.
        Interlocked.Exchange(ref _served, served);
        if (Volatile.Read(ref _cancelled) is { } reason)
        {
            served.Stream.Stop(reason);
        }
    }

    /// <summary>Ends it on behalf of an operator, wherever it is on its way. Once more does nothing more.</summary>
    public void Cancel()
    {
        var reason = new MeshException(ErrorCode.Cancelled);
        if (Interlocked.CompareExchange(ref _cancelled, reason, null) is null)
        {
            _queueing.CancelQuietly();
            Volatile.Read(ref _served)?.Stream.Stop(reason);
        }
    }

    /// <param name="instance">This replica.</param>
    public MeshRequest Show(string instance)
    {
        var served = Volatile.Read(ref _served);
        var firstTokenAt = served?.Stream.FirstTokenAt ?? 0;
        return new MeshRequest(
            arrival.RequestId,
            arrival.Operation,
            arrival.Model.Name,
            arrival.Model.Version,
            served?.Revision,
            instance,
            StateOf(served),
            served?.Attempts.Attempts ?? 0,
            served?.Stream.Endpoint,
            arrival.Priority,
            arrival.Shadow,
            DateTimeOffset.FromUnixTimeMilliseconds(StartedAtMs),
            (long)time.GetElapsedTime(_arrivedAt).TotalMilliseconds,
            firstTokenAt == 0 ? null : (long)time.GetElapsedTime(_arrivedAt, firstTokenAt).TotalMilliseconds,
            served?.Run?.Tokens ?? 0,
            arrival.Client) { Number = number };
    }

    public void Dispose()
    {
        table.Remove(this);
        _queueing.Dispose();
    }

    private static string StateOf(ServedRequest? served) => served switch
    {
        null => RequestStates.Queued,
        { Stream.FirstTokenAt: 0 } => RequestStates.Waiting,
        _ => RequestStates.Streaming,
    };
}
