using ModelMesh.Gateway.Calls;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.Ollama.Body;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Ollama;

/// <summary>
/// <c>POST /api/chat</c> and <c>POST /api/generate</c>. A request that says nothing to the model asks Ollama to load it; here models are loaded by their backends, so
/// it learns whether there is such a model, and no more.
/// </summary>
internal sealed class OllamaChatEndpoint(ApplicationCall call, ChatCall chat, ModelResolver resolver, TimeProvider time)
{
    public Task ChatAsync(HttpContext context) => HandleAsync(context, "ollama.chat", ChatBody.Parse);

    public Task GenerateAsync(HttpContext context) => HandleAsync(context, "ollama.generate", GenerateBody.Parse);

    private Task HandleAsync(HttpContext context, string what, Func<ReadOnlyMemory<byte>, OllamaRequest> parse) => call.RunAsync(
        context,
        what,
        body => new OllamaExchange(parse(body), time),
        (exchange, trace, ended) => exchange.OnlyLoads is { } reason
            ? LoadAsync(context, exchange, reason, trace, ended)
            : chat.AnswerAsync(context, exchange, trace, ended));

    private async Task LoadAsync(HttpContext context, OllamaExchange exchange, string reason, InferTrace trace, CancellationToken ended)
    {
        var plan = await resolver.ResolveAsync(exchange.Request, CallTraits.Of(context), ended);
        await JsonAnswer.WriteAsync(context, exchange.Loaded(plan.First.Model.Name, reason), ended);
        trace.Outcome = RequestOutcomes.Ok;
    }
}
