using System.ClientModel.Primitives;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.OpenAI.Answers;
using ModelMesh.Backends.OpenAI.Clients;
using ModelMesh.Backends.OpenAI.Requests;
using ModelMesh.Backends.OpenAI.Settings;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;
using ModelMesh.Backends.Wire.OpenAIWire.Answers;
using ModelMesh.Backends.Wire.Streaming;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace ModelMesh.Backends.OpenAI;

/// <summary>
/// Chats through the SDK: its types make the request and read each chunk. Its own enumeration of a stream is not used, since it ends for good at the first
/// chunk that it cannot read, takes a cut stream for a whole one and holds a chunk of any length. Thread-safe. Owns nothing.
/// </summary>
internal sealed class OpenAIChatClient(ChatClient client, OpenAISettings settings) : IChatClient
{
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var response = await SendAsync(messages, options, cancellationToken);
        if (response is null)
        {
            foreach (var filtered in ChatStream.Filtered(options))
            {
                yield return filtered;
            }

            yield break;
        }

        var stream = response.ContentStream ?? Stream.Null;
        var updates = IsWhole(response)
            ? WholeAnswer.ReadAsync(stream, Failure, cancellationToken)
            : ChatStream.ReadAsync(
                SseParser.Create(stream, ChunkMapping.Parse).EnumerateAsync(cancellationToken),
                (options as BackendCallOptions)?.Choices ?? 1,
                Failure,
                cancellationToken);
        await foreach (var update in updates)
        {
            yield return update;
        }
    }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    // Null is a request that the upstream's content filter refused.
    private async Task<PipelineResponse?> SendAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        using var body = ChatBody.Of(settings, messages, options);
        try
        {
            var result = await client.CompleteChatAsync(body, SdkCall.Streaming((options as BackendCallOptions)?.RequestId, cancellationToken));
            return result.GetRawResponse();
        }
        catch (BackendException exception) when (exception.InnerException is ContentFilterException)
        {
            return null;
        }
    }

    private static bool IsWhole(PipelineResponse response) =>
        response.Headers.TryGetValue("Content-Type", out var type)
        && MediaTypeHeaderValue.TryParse(type, out var parsed)
        && AnswerFormats.Of(parsed.MediaType) == AnswerFormat.Json;

    private BackendException Failure(UpstreamError error) => UpstreamFailure.From(error, settings.Upstream.ApiKey);
}
