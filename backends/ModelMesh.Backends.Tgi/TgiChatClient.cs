using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Tgi.Prompting;
using ModelMesh.Backends.Tgi.Request;
using ModelMesh.Backends.Tgi.Streaming;
using ModelMesh.Backends.Wire.Http;
using ModelMesh.Backends.Wire.Streaming;

namespace ModelMesh.Backends.Tgi;

/// <summary>Chats by <c>POST /generate_stream</c>, with a prompt made of the messages.</summary>
internal sealed class TgiChatClient(TgiSettings settings, UpstreamHttp http) : IChatClient
{
    private readonly ServerPrompt _server = new(settings, http);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        options ??= new BackendCallOptions();
        var (response, stops) = await OpenAsync([.. messages], options, cancellationToken);
        if (response is null)
        {
            yield return new BackendUpdate { Role = ChatRole.Assistant, FinishReason = ChatFinishReason.ContentFilter };
            yield break;
        }

        using var owned = response;
        var answer = new GenerateAnswer(http, stops, options is BackendCallOptions { LogProbabilities: true });
        await foreach (var line in GenerateEvents.ReadAsync(response, cancellationToken))
        {
            if (answer.Read(line) is { } update)
            {
                yield return update;
            }

            if (answer.IsDone)
            {
                yield break;
            }
        }

        throw StreamCut.Failure();
    }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    /// <summary>Sends the request; no response means that a content filter refused it.</summary>
    private async Task<(HttpResponseMessage? Response, IReadOnlyList<string> Stops)> OpenAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
    {
        var requestId = (options as BackendCallOptions)?.RequestId;
        try
        {
            var prompt = settings.Template == PromptTemplate.Server
                ? await _server.RenderAsync(messages, requestId, cancellationToken)
                : LocalPrompt.Render(settings.Template, messages);
            using var body = new JsonBody();
            var stops = GenerateBody.Write(body.Writer, prompt, options, settings);
            return (await http.PostAsync(settings.Api("generate_stream"), body, "text/event-stream", requestId, cancellationToken), stops);
        }
        catch (BackendException exception) when (exception.InnerException is ContentFilterException)
        {
            return (null, []);
        }
    }
}
