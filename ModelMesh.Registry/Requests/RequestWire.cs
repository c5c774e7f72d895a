using ModelMesh.Contracts.V1;

namespace ModelMesh.Registry.Requests;

/// <summary>How requests travel between replicas: what is not known is empty on the wire, and absent here.</summary>
internal static class RequestWire
{
    public static RequestClient? ToClient(Client? client) =>
        client is null ? null : new RequestClient(Known(client.Address), Known(client.UserAgent), Known(client.Caller), Known(client.Gateway));

    public static ListRequest ToWire(RequestFilter filter)
    {
        var request = new ListRequest { Limit = filter.Limit, After = filter.After is { } after ? ToWire(after) : null };
        if (filter.Model is { } model)
        {
            request.Model = model;
        }

        if (filter.Version is { } version)
        {
            request.Version = version;
        }

        if (filter.State is { } state)
        {
            request.State = state;
        }

        if (filter.Client is { } client)
        {
            request.Client = client;
        }

        return request;
    }

    public static RequestFilter ToFilter(ListRequest request) => new()
    {
        Model = request.HasModel ? request.Model : null,
        Version = request.HasVersion ? request.Version : null,
        State = request.HasState ? request.State : null,
        Client = request.HasClient ? request.Client : null,
        Limit = Math.Clamp(request.Limit, 1, RequestFilter.MostLimit),
        After = request.After is { } after ? new Requests.RequestPlace(after.StartedAtMs, after.Instance, after.Number) : null,
    };

    public static ListResponse ToWire(RequestPage page)
    {
        var response = new ListResponse { Queued = page.Totals.Queued, Waiting = page.Totals.Waiting, Streaming = page.Totals.Streaming };
        response.Requests.AddRange(page.Requests.Select(ToWire));
        return response;
    }

    public static RequestPage ToPage(ListResponse response) => new(
        [.. response.Requests.Select(ToRequest)],
        new RequestTotals(response.Queued + response.Waiting + response.Streaming, response.Queued, response.Waiting, response.Streaming));

    public static RunningRequest ToWire(MeshRequest request)
    {
        var running = new RunningRequest
        {
            RequestId = request.Id,
            Operation = request.Operation,
            Model = request.Model,
            Version = request.Version,
            Revision = request.Revision ?? 0,
            Instance = request.Instance,
            State = request.State,
            Attempt = request.Attempt,
            Endpoint = request.Endpoint ?? "",
            Priority = request.Priority,
            Shadow = request.Shadow,
            StartedAtMs = request.StartedAt.ToUnixTimeMilliseconds(),
            AgeMs = request.AgeMs,
            Tokens = request.Tokens,
            Client = request.Client is { } client ? ToWire(client) : null,
            Number = request.Number,
        };
        if (request.TimeToFirstTokenMs is { } firstToken)
        {
            running.TimeToFirstTokenMs = firstToken;
        }

        return running;
    }

    public static MeshRequest ToRequest(RunningRequest running) => new(
        running.RequestId,
        running.Operation,
        running.Model,
        running.Version,
        running.Revision == 0 ? null : running.Revision,
        running.Instance,
        running.State,
        running.Attempt,
        Known(running.Endpoint),
        running.Priority,
        running.Shadow,
        DateTimeOffset.FromUnixTimeMilliseconds(running.StartedAtMs),
        running.AgeMs,
        running.HasTimeToFirstTokenMs ? running.TimeToFirstTokenMs : null,
        running.Tokens,
        ToClient(running.Client)) { Number = running.Number };

    private static Contracts.V1.RequestPlace ToWire(RequestPlace place) => new() { StartedAtMs = place.StartedAtMs, Instance = place.Instance, Number = place.Number };

    private static Client ToWire(RequestClient client) =>
        new() { Address = client.Address ?? "", UserAgent = client.UserAgent ?? "", Caller = client.Caller ?? "", Gateway = client.Gateway ?? "" };

    private static string? Known(string text) => text.Length == 0 ? null : text;
}
