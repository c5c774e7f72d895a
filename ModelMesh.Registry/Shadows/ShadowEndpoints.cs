using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Admin;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Shadows;

namespace ModelMesh.Registry.Shadows;

/// <summary><c>/models/{name}/versions/{version}/shadow</c>: what copies for a shadow version came to, over all gateways.</summary>
internal sealed class ShadowEndpoints(ICatalog catalog, ShadowViews views, ShadowStore figures)
{
    public async Task ReadAsync(HttpContext context) =>
        await context.Response.WriteAsJsonAsync(await views.OfAsync(await FindAsync(context)), ShadowJson.Readable.ShadowView, cancellationToken: context.RequestAborted);

    public async Task ResetAsync(HttpContext context)
    {
        var model = await FindAsync(context);
        await figures.ResetAsync(model.Id, views.BesideOf(model).Select(other => other.Version));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task<ModelVersion> FindAsync(HttpContext context)
    {
        var id = ModelPath.Id(context);

        // A version that another replica has just registered is not said to be unknown.
        return catalog.Current.Find(id) ?? (await catalog.RefreshAsync(context.RequestAborted)).Find(id) ?? throw Answers.NotFound($"Model '{id.Name}' version '{id.Version}'");
    }
}
