using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Admin;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Http;

namespace ModelMesh.Registry.Traffic;

/// <summary>The calls for the one entry that says where requests go that nothing else routes.</summary>
internal sealed class RoutingEndpoints(EntryIntake intake, TrafficWriter writer, ICatalog catalog)
{
    private static readonly TrafficId Id = new(TrafficKinds.Routing, RoutingDefaults.Name);

    /// <summary><c>GET /routing</c></summary>
    public Task GetAsync(HttpContext context) => AnswerAsync(context, catalog.Current.Traffic.Routing);

    /// <summary><c>PUT /routing</c></summary>
    public async Task PutAsync(HttpContext context)
    {
        var expected = ETags.Expected(context.Request);
        var routing = await intake.ReadAsync(context.Request, _ => Id.Name, (fields, _, faults, snapshot) => RoutingBody.Read(fields, faults, snapshot));
        await AnswerAsync(context, (await writer.WriteAsync(Id, routing, TrafficReference.Of(routing), expected)).Entry);
    }

    private static Task AnswerAsync(HttpContext context, RoutingDefaults routing)
    {
        var body = TrafficJson.Body(RoutingView.Of(routing));
        return TaggedJson.WriteAsync(context, StatusCodes.Status200OK, ETags.OfRevision(routing.Revision, body), body);
    }
}
