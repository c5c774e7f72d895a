using Microsoft.Extensions.AI;
using ModelMesh.Backends.LlamaCpp.Health;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Health;
using ModelMesh.Backends.Wire.Http;
using ModelMesh.Backends.Wire.OpenAIWire;
using ModelMesh.Backends.Wire.OpenAIWire.Embeddings;
using ModelMesh.Backends.Wire.OpenAIWire.Requests;
using ModelMesh.Backends.Wire.Settings;

namespace ModelMesh.Backends.LlamaCpp;

internal sealed class LlamaCppBackend(UpstreamHttp http, UpstreamSettings settings, bool isMultimodal, TimeProvider time) : IBackend
{
    private const ChatFeatures Images = ChatFeatures.ImageUrls | ChatFeatures.ImageData | ChatFeatures.ImageDetail;

    private readonly LlamaCppHealth _health = new(http, settings);

    // The server takes a named tool_choice for auto, without a word.
    public IChatClient Chat { get; } = new OpenAIWireChatClient(http, settings, new ChatRequestStyle { NamedToolIsOnlyTool = true });

    // The server has adapters by number, in the order of its command line, and none by name.
    public ChatFeatures Features { get; } = (isMultimodal ? ChatFeatures.All : ChatFeatures.All & ~Images) & ~ChatFeatures.Adapters;

    public IEmbeddingGenerator<string, Embedding<float>> Embeddings { get; } = new OpenAIWireEmbeddingGenerator(http, settings);

    public ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => HealthCheck.RunAsync(_health.CheckAsync, time, cancellationToken);

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return ValueTask.CompletedTask;
    }
}
