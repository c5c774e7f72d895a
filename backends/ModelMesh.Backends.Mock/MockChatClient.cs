using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Mock;

/// <summary>
/// Streams the answer its settings ask for. Where nothing waits, every step of the enumeration completes synchronously: no timer, no thread.
/// Cancellation ends a wait at once, and an answer without waits at its next token.
/// </summary>
internal sealed class MockChatClient(MockSettings settings, TimeProvider time, MockJournal? journal) : IChatClient
{
    private readonly MockAnswer? _fixed = settings.Text is { } text ? MockAnswer.Fixed(text) : null;

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var random = settings.Seed is { } seed ? new Random(seed) : Random.Shared;
        var pace = new MockPace(settings, time, random);
        var answer = AnswerTo(messages, random);
        var count = Math.Min(answer.Count, options?.MaxOutputTokens ?? int.MaxValue);

        // A call is one of three things at its end: completed, failed or cancelled. Until it is known, an abandoned enumeration is a cancelled one.
        using var entry = journal?.Start((options as BackendCallOptions)?.RequestId);
        for (var sent = 0; ; sent++)
        {
            if (sent < count || sent == 0)
            {
                await Step(pace, sent, cancellationToken);
            }

            if ((sent == 0 && settings.FailBeforeFirstToken) || sent == settings.FailAfterTokens)
            {
                entry?.Failed();
                throw new BackendException(settings.ErrorKind, $"The mock failed after {sent} tokens, as its settings say.");
            }

            if (sent >= count)
            {
                break;
            }

            if (sent == 0)
            {
                entry?.FirstToken();
            }

            yield return answer.At(sent);
        }

        entry?.Completed();
        yield return End(messages, answer.Count, count);
    }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private Task Step(MockPace pace, int index, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return index == 0 && settings.Hang ? pace.ForEverAsync(cancellationToken) : pace.BeforeTokenAsync(index, cancellationToken);
    }

    private MockAnswer AnswerTo(IEnumerable<ChatMessage> messages, Random random) =>
        _fixed ?? (settings.Tokens is { } count
            ? new MockAnswer.Generated(count, random)
            : new MockAnswer.Cut(messages.LastOrDefault(message => message.Role == ChatRole.User)?.Text ?? ""));

    private static ChatResponseUpdate End(IEnumerable<ChatMessage> messages, int wanted, int sent)
    {
        var input = messages.Sum(message => Words.Split(message.Text).Count);
        var usage = new UsageDetails { InputTokenCount = input, OutputTokenCount = sent, TotalTokenCount = input + sent };
        return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(usage)])
        {
            FinishReason = sent < wanted ? ChatFinishReason.Length : ChatFinishReason.Stop,
        };
    }
}
