using ModelMesh.Gateway.Errors;
using ModelMesh.ServiceDefaults.Http;

namespace ModelMesh.Gateway.Models;

/// <summary><c>GET /v1/models</c> and <c>GET /v1/models/{id}</c>: for OpenAI's clients, and in Anthropic's shape for those that say they are Anthropic's.</summary>
internal sealed class ModelsEndpoint(ModelsSource source)
{
    private const string Prefix = "/v1/models/";

    public Task ListAsync(HttpContext context)
    {
        var view = source.Current;
        if (IsAnthropic(context))
        {
            return WriteAsync(context, ModelsJson.List(AnthropicModelList.Of(ModelPage.Of(view.Entries, ModelListQuery.OfAnthropic(context.Request.Query)))));
        }

        var query = ModelListQuery.OfOpenAI(context.Request.Query);
        return query.IsEverything
            ? TaggedJson.WriteAsync(context, StatusCodes.Status200OK, view.Whole.Tag, view.Whole.Body)
            : WriteAsync(context, ModelsJson.List(ModelPage.Of(view.Entries, query)));
    }

    public async Task OneAsync(HttpContext context)
    {
        var isAnthropic = IsAnthropic(context);
        new QueryReader(context.Request.Query, isAnthropic ? ["beta"] : []).Done();
        var entry = await source.FindAsync(Id(context), version: null, context.RequestAborted);
        await WriteAsync(context, isAnthropic ? ModelsJson.One(AnthropicModel.Of(entry)) : ModelsJson.One(entry));
    }

    private static bool IsAnthropic(HttpContext context)
    {
        context.Response.Headers.Vary = ErrorShapes.AnthropicVersion;
        return context.Request.Headers.ContainsKey(ErrorShapes.AnthropicVersion);
    }

    // With the names' own slashes, or with those percent-encoded.
    private static string Id(HttpContext context)
    {
        var path = RawPath.Of(context);
        return path.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(path[Prefix.Length..]) : (string)context.Request.RouteValues["id"]!;
    }

    private static Task WriteAsync(HttpContext context, byte[] body) => TaggedJson.WriteAsync(context, StatusCodes.Status200OK, EntityTags.OfBody(body), body);
}
