using ModelMesh.Contracts.Errors;

namespace ModelMesh.Gateway.Anthropic;

internal static class AnthropicExtensions
{
    /// <summary>Anthropic's Messages API.</summary>
    public static WebApplication MapAnthropic(this WebApplication app)
    {
        app.MapPost("/v1/messages", MessagesEndpoint.HandleAsync);
        app.MapPost("/v1/messages/count_tokens", RefuseToCount).ExcludeFromDescription();
        return app;
    }

    // The code stands for the status: clients take 404 for a server without this, and estimate.
    private static Task RefuseToCount(HttpContext context)
    {
        MessagesEndpoint.NameRequest(context);
        throw new MeshException(ErrorCode.ModelNotFound, "Tokens cannot be counted here: only a model's backend knows how it counts. The usage of an answer says how many there were.");
    }
}
