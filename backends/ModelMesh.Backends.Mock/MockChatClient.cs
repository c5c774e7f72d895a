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
        var answer = AnswerTo(messages, options, random);
        var count = Math.Min(answer.Count, options?.MaxOutputTokens ?? int.MaxValue);
        var call = options as BackendCallOptions;

        // A call is one of three things at its end: completed, failed or cancelled. Until it is known, an abandoned enumeration is a cancelled one.
        using var entry = journal?.Start(call?.RequestId);
        for (var choice = 0; choice < (call?.Choices ?? 1); choice++)
        {
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

                var update = answer.At(sent);
                yield return choice == 0 && call is not { LogProbabilities: true } ? update : MockUpdates.Of(update, choice, call!);
            }

            if (choice > 0)
            {
                yield return MockUpdates.End(answer, count, choice);
            }
        }

        entry?.Completed();
        yield return MockUpdates.End(answer, count, messages, call);
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

    private static string Echo(IEnumerable<ChatMessage> messages) => messages.LastOrDefault(message => message.Role == ChatRole.User)?.Text ?? "";

    // What the conversation ends with is the beginning of the answer: the rest of it. Words that are drawn have no such beginning.
    private MockAnswer.Cut? Begun(IEnumerable<ChatMessage> messages, ChatMessage? last)
    {
        if (last?.Role != ChatRole.Assistant || (settings.Text ?? (settings.Tokens is null ? Echo(messages) : null)) is not { } text)
        {
            return null;
        }

        return last.Text.Length > 0 && text.StartsWith(last.Text, StringComparison.Ordinal) ? new MockAnswer.Cut(text[last.Text.Length..]) : null;
    }

    private MockAnswer AnswerTo(IEnumerable<ChatMessage> messages, ChatOptions? options, Random random)
    {
        var last = messages.LastOrDefault();
        if (settings.ToolCalls > 0 && options?.Tools is { Count: > 0 } tools && options.ToolMode is not NoneChatToolMode && last?.Role != ChatRole.Tool)
        {
            return new MockAnswer.ToolCalls([.. tools.Take(settings.ToolCalls).Select(tool => tool.Name)], settings.ToolArguments);
        }

        var answer = Begun(messages, last) ?? _fixed ?? (settings.Tokens is { } count
            ? new MockAnswer.Generated(count, random)
            : new MockAnswer.Cut(Echo(messages)));
        if (settings.TellAdapter && options?.ModelId is { } adapter)
        {
            answer = new MockAnswer.Prefixed($"[{adapter}] ", answer);
        }

        return settings.Reasoning is { } reasoning ? new MockAnswer.Reasoned(reasoning, answer) : answer;
    }
}
