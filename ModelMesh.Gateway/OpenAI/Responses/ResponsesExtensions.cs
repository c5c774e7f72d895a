namespace ModelMesh.Gateway.OpenAI.Responses;

internal static class ResponsesExtensions
{
    /// <summary>OpenAI's Responses API.</summary>
    public static WebApplication MapResponses(this WebApplication app)
    {
        app.MapPost("/v1/responses", ResponsesCall.HandleAsync);
        app.MapMethods("/v1/responses/{id}/{**rest}", [HttpMethods.Get, HttpMethods.Delete], NothingStored.AnswerAsync).ExcludeFromDescription();
        app.MapPost("/v1/responses/{id}/cancel", NothingStored.AnswerAsync).ExcludeFromDescription();
        return app;
    }
}
