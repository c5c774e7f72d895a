using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Admin;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Shadows;

namespace ModelMesh.Registry.Shadows;

/// <summary><c>/models/{name}/versions/{version}/shadow</c>: what copies for a shadow version came to, over all gateways.</summary>
internal sealed class ShadowEndpoints(ICatalog catalog, ShadowStore figures)
{
    public async Task ReadAsync(HttpContext context)
    {
        var (model, others) = await FindAsync(context);
        var found = await figures.ReadAsync(model.Id, [.. others.Select(other => other.Version)]);

        // A version that was changed since has shown nothing of itself yet.
        var current = found.Where(pair => pair.Pair.ShadowRevision >= model.Revision && others.Any(other => other.Version == pair.Pair.Real && pair.Pair.RealRevision >= other.Revision));
        await context.Response.WriteAsJsonAsync(ShadowView.Of(model, current), ShadowJson.Readable.ShadowView, cancellationToken: context.RequestAborted);
    }

    public async Task ResetAsync(HttpContext context)
    {
        var (model, others) = await FindAsync(context);
        await figures.ResetAsync(model.Id, others.Select(other => other.Version));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task<(ModelVersion Model, IReadOnlyList<ModelVersion> Others)> FindAsync(HttpContext context)
    {
        var id = ModelPath.Id(context);
        var snapshot = catalog.Current;
        if (snapshot.Find(id) is null)
        {
            // A version that another replica has just registered is not said to be unknown.
            snapshot = await catalog.RefreshAsync(context.RequestAborted);
        }

        var model = snapshot.Find(id) ?? throw Answers.NotFound($"Model '{id.Name}' version '{id.Version}'");
        return (model, [.. snapshot.VersionsOf(id.Name).Where(other => other.Id != id)]);
    }
}
