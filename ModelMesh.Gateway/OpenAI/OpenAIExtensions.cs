using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.OpenAI.Chat;
using ModelMesh.Gateway.OpenAI.Completions;
using ModelMesh.Gateway.OpenAI.Embeddings;

namespace ModelMesh.Gateway.OpenAI;

internal static class OpenAIExtensions
{
    public static WebApplicationBuilder AddOpenAI(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CompletionEndpoint>();
        builder.Services.AddSingleton<EmbeddingsEndpoint>();
        return builder;
    }

    /// <summary>Chat completions, completions and embeddings as OpenAI's clients call them.</summary>
    public static WebApplication MapOpenAI(this WebApplication app)
    {
        app.MapChat("/v1/chat/completions", "chat_completions", ChatCompletionBody.Parse);
        app.MapPost("/v1/completions", context => context.RequestServices.GetRequiredService<CompletionEndpoint>().HandleAsync(context));
        app.MapPost("/v1/embeddings", context => context.RequestServices.GetRequiredService<EmbeddingsEndpoint>().HandleAsync(context));
        return app;
    }
}
