using Microsoft.Extensions.AI;

namespace ModelMesh.Backends.Sdk;

/// <summary>
/// A backend in one method, for whoever has no <see cref="IChatClient"/> to begin with: it makes one of <see cref="StreamAsync"/>. Whatever
/// <see cref="IBackend"/> says of its members holds for the overrides.
/// </summary>
public abstract class StreamingBackend : IBackend
{
    /// <summary>Makes the chat client, which calls nothing yet.</summary>
    protected StreamingBackend() => Chat = new StreamClient(this);

    /// <inheritdoc/>
    public IChatClient Chat { get; }

    /// <inheritdoc/>
    public virtual ChatFeatures Features => ChatFeatures.None;

    /// <inheritdoc/>
    public virtual IEmbeddingGenerator<string, Embedding<float>>? Embeddings => null;

    /// <inheritdoc/>
    public virtual ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => ValueTask.FromResult(BackendHealth.Healthy);

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Answers one chat. Called concurrently; the method runs anew for each answer. An async iterator marks <paramref name="cancellationToken"/>
    /// with <see cref="System.Runtime.CompilerServices.EnumeratorCancellationAttribute"/>.
    /// </summary>
    /// <param name="messages">The conversation, at least one message, oldest first.</param>
    /// <param name="options">The caller's options, as far as <see cref="Features"/> claims them. Not to be changed.</param>
    /// <param name="cancellationToken">Fires when the caller has gone or the mesh ends the stream: the upstream has to be told at once.</param>
    /// <returns>One update a token is best.</returns>
    /// <exception cref="BackendException">The answer failed, or was cut.</exception>
    protected abstract IAsyncEnumerable<ChatResponseUpdate> StreamAsync(IReadOnlyList<ChatMessage> messages, BackendCallOptions options, CancellationToken cancellationToken);

    // Not the backend itself: whoever disposes the client, as a pipeline around it does, would dispose the backend under the host's streams.
    private sealed class StreamClient(StreamingBackend backend) : IChatClient
    {
        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            backend.StreamAsync(messages as IReadOnlyList<ChatMessage> ?? [.. messages], BackendCallOptions.From(options), cancellationToken);

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceKey is not null ? null
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType.IsInstanceOfType(backend) ? backend
            : null;

        public void Dispose()
        {
        }
    }
}
