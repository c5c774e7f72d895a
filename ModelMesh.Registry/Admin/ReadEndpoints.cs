using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Plugins;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Instances;

namespace ModelMesh.Registry.Admin;

/// <summary>The calls that read. They answer from this replica's snapshot, also while the store is away.</summary>
internal sealed class ReadEndpoints(ICatalog catalog, IBackendTypes backends, ModelViews views, IInstanceDirectory instances)
{
    /// <summary><c>GET /models</c></summary>
    public async Task ListAsync(HttpContext context)
    {
        var (models, next) = ModelQuery.Parse(context.Request.Query).Page(catalog.Current, model => backends.StatusOf(model).State);
        await Answers.ListAsync(context, new ModelListView(await views.OfAsync(models), next));
    }

    /// <summary><c>GET /models/{name}</c> and <c>GET /models/{name}/versions</c></summary>
    public async Task VersionsAsync(HttpContext context)
    {
        var name = ModelPath.Name(context);
        var models = catalog.Current.VersionsOf(name);
        if (models.IsEmpty)
        {
            // A version that another replica has just registered is not said to be unknown.
            models = (await catalog.RefreshAsync(context.RequestAborted)).VersionsOf(name);
        }

        await Answers.ListAsync(context, models.IsEmpty ? throw Answers.NotFound($"Model '{name}'") : new ModelListView(await views.OfAsync(models), null));
    }

    /// <summary><c>GET /models/{name}/versions/{version}</c></summary>
    public async Task OneAsync(HttpContext context)
    {
        var id = ModelPath.Id(context);
        var model = catalog.Current.Find(id) ?? (await catalog.RefreshAsync(context.RequestAborted)).Find(id);
        await Answers.OneAsync(context, StatusCodes.Status200OK, await views.OfAsync(model ?? throw Unknown(id)));
    }

    /// <summary><c>GET /instances</c></summary>
    public Task InstancesAsync(HttpContext context) =>
        context.Response.WriteAsJsonAsync(new InstanceListView(instances.Current), AdminJson.Readable.InstanceListView, cancellationToken: context.RequestAborted);

    private static MeshException Unknown(ModelId id) => Answers.NotFound($"Model '{id.Name}' version '{id.Version}'");
}
