using System.Text.Json;
using ModelMesh.Gateway.Calls;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Traffic;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Gateway.Ollama.Models;

/// <summary><c>GET /api/tags</c>, <c>GET /api/ps</c>, <c>GET /api/version</c> and <c>POST /api/show</c>: from what this gateway has in memory.</summary>
internal sealed class OllamaModelsEndpoint(ApplicationCall call, ICatalog catalog, ModelResolver resolver)
{
    // Clients ask for it to know what they may send: this is the first with all that is taken here.
    private const string ApiVersion = "0.12.11";

    public Task TagsAsync(HttpContext context) =>
        WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(new TagsAnswer([.. ModelList.Of(catalog.Current)]), OllamaModelsJson.Readable.TagsAnswer));

    public Task RunningAsync(HttpContext context) =>
        WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(new RunningAnswer([.. ModelList.Of(catalog.Current).Select(RunningModel.Of)]), OllamaModelsJson.Readable.RunningAnswer));

    public static Task VersionAsync(HttpContext context) =>
        WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(new VersionAnswer(ApiVersion), OllamaModelsJson.Readable.VersionAnswer));

    public Task ShowAsync(HttpContext context) => call.RunAsync(context, "ollama.show", ShowBody.Parse, async (shown, trace, ended) =>
    {
        var plan = await resolver.ResolveAsync(shown, CallTraits.Of(context), ended);
        await JsonAnswer.WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(ShowAnswer.From(plan.First), OllamaModelsJson.Readable.ShowAnswer), ended);
        trace.Outcome = RequestOutcomes.Ok;
    });

    private static Task WriteAsync(HttpContext context, byte[] body) => JsonAnswer.WriteAsync(context, body, context.RequestAborted);
}
