using Microsoft.Extensions.Options;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.OpenAI.Responses.Body;

namespace ModelMesh.Gateway.OpenAI.Responses;

internal static class ResponsesExtensions
{
    /// <summary>OpenAI's Responses API.</summary>
    public static WebApplication MapResponses(this WebApplication app)
    {
        app.MapChat("/v1/responses", "responses", body => ResponsesBody.Parse(body, app.Services.GetRequiredService<IOptions<AnswerOptions>>().Value.MaxWholeAnswer));
        app.MapMethods("/v1/responses/{**id}", [HttpMethods.Get, HttpMethods.Delete, HttpMethods.Post], NothingStored.AnswerAsync);
        return app;
    }
}
