using ModelMesh.Gateway.Anthropic.Request;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Diagnostics;

namespace ModelMesh.Gateway.Anthropic;

/// <summary><c>POST /v1/messages</c>: what is Anthropic's own around <see cref="ChatCall"/>.</summary>
internal static class MessagesEndpoint
{
    private const string RequestIdHeader = "request-id";

    public static Task HandleAsync(HttpContext context)
    {
        NameRequest(context);
        return context.RequestServices.GetRequiredService<ChatCall>().HandleAsync(context, "messages", MessagesBody.Parse);
    }

    /// <summary>Adds the request's id under the name that this API's clients read it by.</summary>
    public static void NameRequest(HttpContext context) => context.Response.OnStarting(static state =>
    {
        // Set at the last moment: an error answer clears the headers before it.
        var starting = (HttpContext)state;
        starting.Response.Headers[RequestIdHeader] = RequestId.Of(starting);
        return Task.CompletedTask;
    }, context);
}
