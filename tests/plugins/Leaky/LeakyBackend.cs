using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using ModelMesh.Backends.Sdk;

namespace Leaky;

internal sealed partial class LeakyBackend(string key, bool disposesBadly, ILogger logger) : StreamingBackend
{
    public override IEmbeddingGenerator<string, Embedding<float>> Embeddings { get; } = new LeakyEmbeddings(key);

    public override ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(BackendHealth.Unhealthy($"the key {key} was not taken"));

    public override ValueTask DisposeAsync() => disposesBadly ? throw new InvalidOperationException($"the key {key} stays") : base.DisposeAsync();

    protected override async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        IReadOnlyList<ChatMessage> messages, BackendCallOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        var order = messages[^1].Text;
        if (order == "midstream")
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, "begun");
        }

        using var scope = logger.BeginScope("with {Key}", key);
        Called(logger, key, new TimeoutException($"inner {key}"));
        throw order switch
        {
            "invalid" => new BackendException(BackendErrorKind.InvalidRequest, $"the upstream does not like {key}") { Field = "messages" },
            "ordinary" => new InvalidOperationException($"unexpected {key}"),
            "unauthenticated" => new BackendException(BackendErrorKind.Unauthenticated, $"Incorrect API key provided: {key}", new InvalidOperationException(key)),
            _ => new BackendException(BackendErrorKind.Upstream, $"cut message with {key[..(key.Length * 3 / 4)]}"),
        };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Calling with {Key}")]
    private static partial void Called(ILogger logger, string key, Exception exception);
}
