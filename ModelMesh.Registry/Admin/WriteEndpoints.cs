using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Catalog;
using ModelMesh.Registry.Plugins;

namespace ModelMesh.Registry.Admin;

/// <summary>The calls that change the catalog. Each answers when its change holds for requests on every replica; what other replicas list follows in a moment.</summary>
internal sealed class WriteEndpoints(ModelIntake intake, CatalogWriter writer, GateReconciler reconciler, IBackendTypes backends, ModelViews views)
{
    /// <summary><c>POST /models</c></summary>
    public async Task RegisterAsync(HttpContext context)
    {
        var model = (await intake.ReadAsync(context.Request, path: null)).Model;
        var registered = await writer.RegisterAsync(model);
        await backends.SettleAsync(registered.Id, context.RequestAborted);
        context.Response.Headers.Location = $"/models/{Uri.EscapeDataString(model.Name)}/versions/{Uri.EscapeDataString(model.Version)}";
        await Answers.OneAsync(context, StatusCodes.Status201Created, await views.OfAsync(registered));
    }

    /// <summary><c>PUT /models/{name}/versions/{version}</c></summary>
    public async Task UpdateAsync(HttpContext context)
    {
        var expected = ETags.Expected(context.Request);
        var body = await intake.ReadAsync(context.Request, ModelPath.Id(context));
        var updated = await writer.UpdateAsync(body.Model, expected, body.WeightIsGiven);
        await backends.SettleAsync(updated.Id, context.RequestAborted);
        await Answers.OneAsync(context, StatusCodes.Status200OK, await views.OfAsync(updated));
    }

    /// <summary><c>DELETE /models/{name}/versions/{version}</c>, with <c>?drain=true</c> once it is idle.</summary>
    public async Task DeleteAsync(HttpContext context)
    {
        var expected = ETags.Expected(context.Request);
        var id = ModelPath.Id(context);
        if (!Drains(context.Request.Query))
        {
            await writer.DeleteAsync(id, expected, context.RequestAborted);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        var draining = await writer.DrainAsync(id, expected);
        reconciler.Wake();
        await Answers.OneAsync(context, StatusCodes.Status202Accepted, await views.OfAsync(draining));
    }

    private static bool Drains(IQueryCollection query) => query.TryGetValue("drain", out var drain) && drain.ToString() switch
    {
        "false" => false,
        "true" => true,
        _ => throw MeshException.Invalid("drain", "must be true or false"),
    };
}
