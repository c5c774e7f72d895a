using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Ollama.Embed;
using ModelMesh.Gateway.Ollama.Models;

namespace ModelMesh.Gateway.Ollama;

internal static class OllamaExtensions
{
    private static readonly string[] NotHere = ["/api/pull", "/api/push", "/api/create", "/api/copy", "/api/delete", "/api/blobs/{digest}"];

    public static WebApplicationBuilder AddOllama(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<OllamaChatEndpoint>();
        builder.Services.AddSingleton<OllamaEmbedEndpoint>();
        builder.Services.AddSingleton<OllamaModelsEndpoint>();
        return builder;
    }

    public static WebApplication MapOllama(this WebApplication app)
    {
        app.MapPost("/api/chat", context => Get<OllamaChatEndpoint>(context).ChatAsync(context));
        app.MapPost("/api/generate", context => Get<OllamaChatEndpoint>(context).GenerateAsync(context));
        app.MapPost("/api/embed", context => Get<OllamaEmbedEndpoint>(context).EmbedAsync(context));
        app.MapPost("/api/embeddings", context => Get<OllamaEmbedEndpoint>(context).OlderAsync(context));
        app.MapPost("/api/show", context => Get<OllamaModelsEndpoint>(context).ShowAsync(context));
        app.MapGet("/api/tags", context => Get<OllamaModelsEndpoint>(context).TagsAsync(context));
        app.MapGet("/api/ps", context => Get<OllamaModelsEndpoint>(context).RunningAsync(context));
        app.MapGet("/api/version", OllamaModelsEndpoint.VersionAsync);
        foreach (var path in NotHere)
        {
            app.Map(path, Refuse).ExcludeFromDescription();
        }

        // Clients look whether there is a server before they ask anything of it.
        app.MapMethods("/", [HttpMethods.Head], _ => Task.CompletedTask);
        return app;
    }

    // Resolved by the request, as the endpoint of /infer is.
    private static T Get<T>(HttpContext context)
        where T : notnull => context.RequestServices.GetRequiredService<T>();

    private static Task Refuse(HttpContext context) =>
        throw new MeshException(ErrorCode.InvalidRequest, $"{context.Request.Path} is not here: models are registered at the registry, by its POST /models, and what they are made of is with their backends.");
}
