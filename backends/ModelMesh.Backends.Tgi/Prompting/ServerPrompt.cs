using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;

namespace ModelMesh.Backends.Tgi.Prompting;

/// <summary>Has the server apply the model's own chat template: <c>POST /chat_tokenize</c>.</summary>
internal sealed class ServerPrompt(TgiSettings settings, UpstreamHttp http)
{
    private readonly BeginningToken _beginning = new(settings, http);

    public async Task<string> RenderAsync(IReadOnlyList<ChatMessage> messages, string? requestId, CancellationToken cancellationToken)
    {
        using var body = new JsonBody();
        PromptMessages.Write(body.Writer, messages);
        var prompt = await http.PostAsync(settings.Api("chat_tokenize"), body, TgiJson.Default.TemplatedPrompt, requestId, cancellationToken);
        var text = prompt.TemplatedText ?? throw new BackendException(BackendErrorKind.Protocol, "The upstream's /chat_tokenize answered without templated_text.");
        return prompt.TokenizeResponse is [var first, ..] && first.Stop > first.Start && await _beginning.IdAsync(cancellationToken) == first.Id
            ? text[Math.Min(first.Text?.Length ?? 0, text.Length)..]
            : text;
    }
}

/// <summary>What <c>/chat_tokenize</c> answers.</summary>
internal sealed record TemplatedPrompt(string? TemplatedText, IReadOnlyList<PromptToken>? TokenizeResponse);

/// <summary>A token of a prompt: where in the text it is; one that the tokenizer adds is nowhere.</summary>
internal sealed record PromptToken(long Id, string? Text, int Start, int Stop);
