using ModelMesh.Registry.Admin;
using ModelMesh.Registry.Catalog;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Http;

namespace ModelMesh.Registry.Traffic;

/// <summary>The calls about how the versions of a model share its traffic.</summary>
internal sealed class WeightEndpoints(BodyReader bodies, CatalogWriter writer, ICatalog catalog)
{
    /// <summary><c>GET /models/{name}/weights</c></summary>
    public async Task GetAsync(HttpContext context)
    {
        var name = ModelPath.Name(context);
        var snapshot = catalog.Current;
        await AnswerAsync(context, snapshot.VersionsOf(name).IsEmpty ? await catalog.RefreshAsync(context.RequestAborted) : snapshot, name);
    }

    /// <summary><c>PUT /models/{name}/weights</c></summary>
    public async Task PutAsync(HttpContext context)
    {
        var expected = ETags.Expected(context.Request);
        var name = ModelPath.Name(context);
        var body = await bodies.ReadAsync(context.Request);
        var snapshot = await catalog.RefreshAsync(context.RequestAborted);
        if (snapshot.VersionsOf(name).IsEmpty)
        {
            throw Answers.NotFound($"Model '{name}'");
        }

        await AnswerAsync(context, await writer.SetWeightsAsync(name, WeightsBody.Read(body, name, snapshot), expected), name);
    }

    private static Task AnswerAsync(HttpContext context, CatalogSnapshot snapshot, string name)
    {
        if (snapshot.VersionsOf(name).IsEmpty)
        {
            throw Answers.NotFound($"Model '{name}'");
        }

        var view = WeightsView.Of(snapshot, name);
        var body = TrafficJson.Body(view);
        return TaggedJson.WriteAsync(context, StatusCodes.Status200OK, ETags.OfRevision(view.Revision, body), body);
    }
}
