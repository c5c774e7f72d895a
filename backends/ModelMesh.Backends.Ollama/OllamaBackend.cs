using Microsoft.Extensions.AI;
using ModelMesh.Backends.Ollama.Health;
using ModelMesh.Backends.Ollama.Pulling;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Health;
using ModelMesh.Backends.Wire.Http;

namespace ModelMesh.Backends.Ollama;

internal sealed class OllamaBackend(OllamaSettings settings, UpstreamHttp http, ModelPull pull, TimeProvider time) : IBackend
{
    private readonly OllamaHealth _health = new(settings, http, pull);

    public IChatClient Chat { get; } = new OllamaChatClient(settings, http, pull, time);

    public ChatFeatures Features =>
        ChatFeatures.Sampling | ChatFeatures.Tools | ChatFeatures.JsonMode | ChatFeatures.JsonSchema | ChatFeatures.ImageData
        | ChatFeatures.LogProbabilities | ChatFeatures.ReasoningEffort | ChatFeatures.ReasoningMessages | ChatFeatures.Extra
        | ChatFeatures.Adapters | ChatFeatures.MessageExtra;

    public IEmbeddingGenerator<string, Embedding<float>> Embeddings { get; } = new OllamaEmbeddings(settings, http, pull);

    public ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => HealthCheck.RunAsync(_health.CheckAsync, time, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await pull.DisposeAsync();
        http.Dispose();
    }
}
