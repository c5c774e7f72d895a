using Microsoft.Extensions.Options;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.OpenAI.Responses.Body;

namespace ModelMesh.Gateway.OpenAI.Responses;

/// <summary>One call of the API.</summary>
internal static class ResponsesCall
{
    public static Task HandleAsync(HttpContext context)
    {
        // Resolved by the request: options are checked all together when the host starts.
        var services = context.RequestServices;
        var mostBytes = services.GetRequiredService<IOptions<AnswerOptions>>().Value.MaxWholeAnswer;
        return services.GetRequiredService<ChatCall>().HandleAsync(context, "responses", body => ResponsesBody.Parse(body, mostBytes));
    }
}
