using ModelMesh.ServiceDefaults.Http;

namespace ModelMesh.Registry.Requests;

/// <summary>Reads the parameters of <c>GET /requests</c>.</summary>
internal static class RequestQuery
{
    /// <exception cref="Contracts.Errors.MeshException"><c>invalid_request</c> that lists every fault.</exception>
    public static RequestFilter Parse(IQueryCollection parameters)
    {
        var query = new QueryReader(parameters, "model", "version", "state", "instance", "client", "limit", "cursor");
        var filter = new RequestFilter
        {
            Model = query.One("model"),
            Version = query.One("version"),
            State = query.OneOf("state", RequestStates.All),
            Instance = query.One("instance"),
            Client = query.One("client"),
            Limit = query.Limit() ?? RequestFilter.DefaultLimit,
            After = ReadCursor(query),
        };
        query.Done();
        return filter;
    }

    private static RequestPlace? ReadCursor(QueryReader query)
    {
        var cursor = query.One("cursor");
        var place = cursor is null ? null : RequestPlace.FromCursor(cursor);
        if (cursor is not null && place is null)
        {
            query.Fault("cursor", "must be the next_cursor of an earlier answer");
        }

        return place;
    }
}
