using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Anthropic.Request;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Diagnostics;

namespace ModelMesh.Gateway.Anthropic;

/// <summary><c>POST /v1/messages</c>: what is Anthropic's own around <see cref="ChatCall"/>.</summary>
internal static class MessagesEndpoint
{
    private const string RequestIdHeader = "request-id";

    public static async Task HandleAsync(HttpContext context)
    {
        NameRequest(context);
        MessagesExchange? exchange = null;
        try
        {
            await context.RequestServices.GetRequiredService<ChatCall>().HandleAsync(context, "messages", body => exchange = MessagesBody.Parse(body));
        }
        catch (MeshException error) when (exchange is not null && error is { Code: ErrorCode.InvalidRequest, Details.Count: > 0 })
        {
            // A registry refuses fields by the names they have between gateway and registry.
            throw MeshException.Invalid([.. error.Details.Select(fault => fault with { Field = exchange.Fields.NameOf(fault.Field) })]);
        }
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
