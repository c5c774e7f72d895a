using ModelMesh.ServiceDefaults.Http;

namespace ModelMesh.Gateway.Models;

/// <summary><c>GET /v1/model_info</c>: one model, or all, flat.</summary>
internal sealed class ModelInfoEndpoint(ModelsSource source)
{
    public async Task HandleAsync(HttpContext context)
    {
        var query = new QueryReader(context.Request.Query, [.. ModelFilter.Parameters, "model", "version"]);
        var (model, version) = (query.One("model"), query.One("version"));
        var filter = ModelFilter.Read(query);
        if (model is null && version is not null)
        {
            query.Fault("version", "needs model beside it");
        }

        foreach (var name in ModelFilter.Parameters.Where(name => model is not null && query.Has(name)))
        {
            query.Fault(name, "chooses among models, and model names one");
        }

        query.Done();
        var body = model is null ? All(filter) : ModelsJson.One(ModelInfo.OfModel(await source.FindAsync(model, version, context.RequestAborted)));
        await TaggedJson.WriteAsync(context, StatusCodes.Status200OK, EntityTags.OfBody(body), body);
    }

    // Adapters are told of with the model they are on, and an alias is another name of one that is told of.
    private byte[] All(ModelFilter filter) =>
        ModelsJson.List(new ModelInfoList([.. source.Current.Entries.Where(entry => entry is { Parent: null, Modelmesh.AliasOf: null }).SelectMany(ModelInfo.All).Where(filter.Matches)]));
}
