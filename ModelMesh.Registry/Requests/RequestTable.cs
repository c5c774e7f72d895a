using System.Collections.Concurrent;

namespace ModelMesh.Registry.Requests;

/// <summary>The requests that this replica handles at this moment. Costs a request one entry, and a token nothing. Thread-safe.</summary>
internal sealed class RequestTable(TimeProvider time)
{
    private readonly ConcurrentDictionary<long, OpenRequest> _open = new();
    private long _last;

    /// <summary>Those that are open when they are asked for, in no order.</summary>
    public IEnumerable<OpenRequest> Open
    {
        get
        {
            foreach (var (_, request) in _open)
            {
                yield return request;
            }
        }
    }

    /// <summary>A request has come. It is open until what is returned is disposed.</summary>
    public OpenRequest Begin(RequestArrival arrival, CancellationToken callerGone)
    {
        var request = new OpenRequest(arrival, Interlocked.Increment(ref _last), this, time, callerGone);
        _open.TryAdd(request.Number, request);
        return request;
    }

    public void Remove(OpenRequest request) => _open.TryRemove(request.Number, out _);
}
