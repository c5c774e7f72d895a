using Microsoft.Extensions.AI;

namespace ModelMesh.Backends.Sdk;

/// <summary>
/// A model made usable: one revision of one model version. Members are called concurrently by many requests and must be thread-safe.
/// <see cref="IAsyncDisposable.DisposeAsync"/> is called once, after the last stream has ended, and owns the chat client and the embedding generator.
/// </summary>
public interface IBackend : IAsyncDisposable
{
    /// <summary>
    /// Answers chats. The host calls <see cref="IChatClient.GetStreamingResponseAsync"/> only, with <see cref="BackendCallOptions"/>: one update a token is
    /// best, an update without contents costs nothing. Failures are thrown as <see cref="BackendException"/>; anything else counts as
    /// <see cref="BackendErrorKind.Internal"/>. A stream that the upstream cut must throw, never end. Cancellation must reach the upstream at once.
    /// </summary>
    /// <remarks>
    /// What is understood in an update: <see cref="TextContent"/>, <see cref="TextReasoningContent"/>, <see cref="ToolCallPiece"/> or whole
    /// <see cref="FunctionCallContent"/>, <see cref="UsageContent"/>, and <see cref="ErrorContent"/> with the code <c>refusal</c> for the text of a refusal. Any other
    /// <see cref="ErrorContent"/> fails the answer.
    /// </remarks>
    IChatClient Chat { get; }

    /// <summary>
    /// What of a request <see cref="Chat"/> passes on. The host refuses the rest before it calls, so a backend that does not say gets plain text messages only.
    /// Constant for an instance.
    /// </summary>
    ChatFeatures Features => ChatFeatures.None;

    /// <summary>
    /// Makes embeddings, or null when the backend has none. Fails as <see cref="Chat"/> does. The host calls it with <see cref="BackendEmbeddingOptions"/>. Of
    /// <see cref="Features"/>, <see cref="ChatFeatures.Adapters"/> and <see cref="ChatFeatures.Extra"/> hold for it, too. Constant for an instance.
    /// </summary>
    IEmbeddingGenerator<string, Embedding<float>>? Embeddings => null;

    /// <summary>
    /// Asks the upstream whether it could serve, without spending tokens. Must return within a few seconds and throws nothing but
    /// <see cref="OperationCanceledException"/>. One replica at a time calls it, now and then, and only where no real traffic has just answered the question.
    /// A backend that does not implement it is not asked: its traffic alone tells how its upstream is.
    /// </summary>
    ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => ValueTask.FromResult(BackendHealth.Healthy);
}
