using ModelMesh.ServiceDefaults.Http;

namespace ModelMesh.Registry.Requests;

/// <summary>The calls that show requests and end them, wherever in the mesh they run. They need no store.</summary>
internal sealed class RequestEndpoints(IMeshRequests requests)
{
    /// <summary><c>GET /requests</c></summary>
    public async Task ListAsync(HttpContext context)
    {
        var list = await requests.ListAsync(RequestQuery.Parse(context.Request.Query), context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(list, RequestsJson.Readable.MeshRequestList, cancellationToken: context.RequestAborted);
    }

    /// <summary><c>DELETE /requests/{id}</c></summary>
    public async Task CancelAsync(HttpContext context)
    {
        var query = new QueryReader(context.Request.Query, "instance");
        var instance = query.One("instance");
        query.Done();

        // An id that a gateway takes holds nothing that is encoded.
        var id = (string)context.GetRouteValue("id")!;
        var by = context.Connection.RemoteIpAddress?.ToString() ?? "an unknown address";
        var outcome = CancelRules.Answer(await requests.CancelAsync(id, instance, by, context.RequestAborted), id, instance);
        await context.Response.WriteAsJsonAsync(outcome, RequestsJson.Readable.CancelOutcome, cancellationToken: context.RequestAborted);
    }
}
