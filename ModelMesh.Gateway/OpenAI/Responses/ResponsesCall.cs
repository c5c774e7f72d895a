using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.OpenAI.Responses.Body;

namespace ModelMesh.Gateway.OpenAI.Responses;

/// <summary>One call of the API. What a registry or a backend does not take of it is named as the client wrote it.</summary>
internal static class ResponsesCall
{
    public static async Task HandleAsync(HttpContext context)
    {
        // Resolved by the request: options are checked all together when the host starts.
        var services = context.RequestServices;
        var mostBytes = services.GetRequiredService<IOptions<AnswerOptions>>().Value.MaxWholeAnswer;
        ResponsesExchange? exchange = null;
        try
        {
            await services.GetRequiredService<ChatCall>().HandleAsync(context, "responses", body => exchange = ResponsesBody.Parse(body, mostBytes));
        }
        catch (MeshException error) when (exchange is not null && error is { Code: ErrorCode.InvalidRequest, Details.Count: > 0 })
        {
            throw exchange.FieldNames.InClientsWords(error);
        }
    }
}
