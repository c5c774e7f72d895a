using Microsoft.Extensions.AI;

namespace ModelMesh.Backends.Sdk;

/// <summary>
/// A model made usable: one revision of one model version. Members are called concurrently by many requests and must be thread-safe.
/// <see cref="IAsyncDisposable.DisposeAsync"/> is called once, after the last stream has ended, and owns the chat client and the embedding generator.
/// </summary>
public interface IBackend : IAsyncDisposable
{
    /// <summary>
    /// Answers chats. The host calls <see cref="IChatClient.GetStreamingResponseAsync"/> only: one update a token is best, an update
    /// without text costs nothing. Failures are thrown as <see cref="BackendException"/>; anything else counts as
    /// <see cref="BackendErrorKind.Internal"/>. A stream that the upstream cut must throw, never end. Cancellation must reach the upstream at once.
    /// </summary>
    IChatClient Chat { get; }

    /// <summary>Makes embeddings, or null when the backend has none. This version of the host does not call it yet.</summary>
    IEmbeddingGenerator<string, Embedding<float>>? Embeddings => null;

    /// <summary>
    /// Asks the upstream whether it could serve, without spending tokens. Must return within a few seconds and throws nothing but
    /// <see cref="OperationCanceledException"/>. This version of the host does not call it yet: a model whose upstream is away is found out by
    /// the requests to it.
    /// </summary>
    ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => ValueTask.FromResult(BackendHealth.Healthy);
}
