using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using Xunit;

namespace ModelMesh.Testing.Backends;

/// <content>How the tests call the backend and have the upstream answer.</content>
public abstract partial class BackendConformance
{
    /// <summary>The least that a request holds.</summary>
    protected static IReadOnlyList<ChatMessage> Hello { get; } = [new(ChatRole.User, Prompt)];

    /// <summary>Streams a chat as the host does.</summary>
    protected static IAsyncEnumerable<ChatResponseUpdate> Stream(
        IBackend backend, BackendCallOptions? options = null, IEnumerable<ChatMessage>? messages = null, CancellationToken cancellationToken = default) =>
        backend.Chat.GetStreamingResponseAsync(messages ?? Hello, options ?? new BackendCallOptions(), cancellationToken);

    /// <summary>Streams a chat to its end.</summary>
    protected static async Task<ChatOutcome> ChatAsync(
        IBackend backend, BackendCallOptions? options = null, IEnumerable<ChatMessage>? messages = null, CancellationToken cancellationToken = default)
    {
        var outcome = new ChatOutcome();
        await foreach (var update in Stream(backend, options, messages, cancellationToken))
        {
            outcome.Add(update);
        }

        return outcome;
    }

    /// <summary>Streams a chat that must fail, and returns the failure, which shows no secret.</summary>
    protected static Task<BackendException> FailsAsync(IBackend backend, BackendErrorKind kind) => FailsAsync(backend, kind, out _);

    /// <inheritdoc cref="FailsAsync(IBackend, BackendErrorKind)"/>
    protected static Task<BackendException> FailsAsync(IBackend backend, BackendErrorKind kind, out ChatOutcome before)
    {
        var outcome = before = new ChatOutcome();
        return FailAsync();

        async Task<BackendException> FailAsync()
        {
            var failure = await Assert.ThrowsAsync<BackendException>(async () =>
            {
                await foreach (var update in Stream(backend))
                {
                    outcome.Add(update);
                }
            });
            Assert.Equal(kind, failure.Kind);
            Assert.NotEmpty(failure.Message);
            Assert.DoesNotContain(ApiKey, failure.ToString(), StringComparison.Ordinal);
            return failure;
        }
    }

    /// <summary>A script that sends payloads, each in a piece of its own, and ends in good order.</summary>
    protected Func<UpstreamExchange, Task> Streaming(params IEnumerable<string> payloads) => async exchange =>
    {
        await exchange.StartAsync(Dialect.StreamType);
        foreach (var payload in payloads)
        {
            await exchange.SendAsync(Dialect.Frame(payload));
        }

        await exchange.EndAsync();
    };

    /// <summary>A script that answers with an error.</summary>
    protected static Func<UpstreamExchange, Task> Failing(int status, string body, params string[] headers) => exchange => exchange.AnswerAsync(status, body, headers: headers);
}
