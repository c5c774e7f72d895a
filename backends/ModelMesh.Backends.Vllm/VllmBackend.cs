using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Vllm.Health;
using ModelMesh.Backends.Wire.Health;
using ModelMesh.Backends.Wire.Http;
using ModelMesh.Backends.Wire.OpenAIWire;
using ModelMesh.Backends.Wire.OpenAIWire.Embeddings;
using ModelMesh.Backends.Wire.Settings;

namespace ModelMesh.Backends.Vllm;

internal sealed class VllmBackend(UpstreamHttp http, UpstreamSettings settings, TimeProvider time) : IBackend
{
    private readonly VllmHealth _health = new(http, settings);

    public IChatClient Chat { get; } = new OpenAIWireChatClient(http, settings);

    public ChatFeatures Features => ChatFeatures.All;

    public IEmbeddingGenerator<string, Embedding<float>> Embeddings { get; } = new OpenAIWireEmbeddingGenerator(http, settings);

    public ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => HealthCheck.RunAsync(_health.CheckAsync, time, cancellationToken);

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return ValueTask.CompletedTask;
    }
}
