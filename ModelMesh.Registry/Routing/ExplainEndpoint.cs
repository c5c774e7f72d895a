using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Admin;
using ModelMesh.Registry.Plugins;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Routing;

namespace ModelMesh.Registry.Routing;

/// <summary><c>POST /rules/explain</c>: where a request would go, and why, decided by the code that decides in gateways. Nothing is sent anywhere.</summary>
internal sealed class ExplainEndpoint(BodyReader bodies, ICatalog catalog, IBackendTypes backends, TimeProvider time)
{
    public async Task HandleAsync(HttpContext context)
    {
        var body = await bodies.ReadAsync(context.Request);
        var newest = await NewestAsync(context.RequestAborted);
        var (request, roll, trial) = ExplainBody.Parse(body, time.GetUtcNow(), newest);
        var snapshot = TrialRule.In(newest, trial);
        var trace = new RoutingTrace();
        var decision = Router.Decide(
            snapshot,
            request,
            model => backends.StatusOf(model).State is not ("pending" or "loading" or "failed"),
            roll is { } value ? () => value : null,
            trace);
        var error = decision.Routes.IsEmpty ? RoutingRefusal.For(snapshot, request, decision.By) : null;
        await context.Response.WriteAsJsonAsync(ExplainView.From(snapshot.Revision, decision, trace, error), ExplainJson.Readable.ExplainView, cancellationToken: context.RequestAborted);
    }

    // What another replica has just written is explained, too; while the store is away what this one has.
    private async Task<CatalogSnapshot> NewestAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await catalog.RefreshAsync(cancellationToken);
        }
        catch (MeshException exception) when (exception.Code == ErrorCode.StoreUnavailable)
        {
            return catalog.Current;
        }
    }
}
