using ModelMesh.Registry.Instances;

namespace ModelMesh.Registry.Requests;

/// <summary>What this replica knows of its own requests, and can do to them. Thread-safe.</summary>
internal sealed partial class LocalRequests(RequestTable table, IInstanceIdentity instance, ILogger<LocalRequests> logger)
{
    public RequestPage List(RequestFilter filter)
    {
        List<(RequestPlace Place, OpenRequest Request)> matching = [];
        var (queued, waiting, streaming) = (0, 0, 0);
        foreach (var request in table.Open)
        {
            var state = request.State;
            if (!Matches(request.Arrival, state, filter))
            {
                continue;
            }

            queued += state == RequestStates.Queued ? 1 : 0;
            waiting += state == RequestStates.Waiting ? 1 : 0;
            streaming += state == RequestStates.Streaming ? 1 : 0;
            var place = new RequestPlace(request.StartedAtMs, instance.Id, request.Number);
            if (filter.After is null || RequestPlace.Compare(place, filter.After) > 0)
            {
                matching.Add((place, request));
            }
        }

        matching.Sort(static (left, right) => RequestPlace.Compare(left.Place, right.Place));
        return new RequestPage(
            [.. matching.Take(filter.Limit + 1).Select(match => match.Request.Show(instance.Id))],
            new RequestTotals(queued + waiting + streaming, queued, waiting, streaming));
    }

    /// <summary>Tells all requests of an id to end.</summary>
    /// <returns>Each as it was at that moment.</returns>
    public IReadOnlyList<MeshRequest> Cancel(string id, string by)
    {
        List<MeshRequest> cancelled = [];
        foreach (var request in table.Open.Where(request => request.Arrival.IsOf(id)))
        {
            var shown = request.Show(instance.Id);
            request.Cancel();
            cancelled.Add(shown);
            Cancelled(shown.Id, request.Arrival.Model.ToString(), by, shown.State, shown.AgeMs, shown.Tokens);
        }

        return cancelled;
    }

    private static bool Matches(RequestArrival arrival, string state, RequestFilter filter) =>
        Is(filter.Model, arrival.Model.Name)
        && Is(filter.Version, arrival.Model.Version)
        && Is(filter.State, state)
        && (filter.Client is null || filter.Client == arrival.Client?.Address || filter.Client == arrival.Client?.Caller);

    private static bool Is(string? wanted, string actual) => wanted is null || string.Equals(wanted, actual, StringComparison.Ordinal);

    [LoggerMessage(EventId = 270, EventName = "RequestCancelled", Level = LogLevel.Information, Message = "Request {RequestId} to {Model} is ended by an operator at {By}: it was {State}, after {AgeMs} ms and {Tokens} tokens")]
    private partial void Cancelled(string requestId, string model, string by, string state, long ageMs, long tokens);
}
