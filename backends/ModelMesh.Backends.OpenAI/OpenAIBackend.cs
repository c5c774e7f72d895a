using Microsoft.Extensions.AI;
using ModelMesh.Backends.OpenAI.Clients;
using ModelMesh.Backends.OpenAI.Embeddings;
using ModelMesh.Backends.OpenAI.Health;
using ModelMesh.Backends.OpenAI.Settings;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Health;

namespace ModelMesh.Backends.OpenAI;

internal sealed class OpenAIBackend(OpenAIClients clients, OpenAISettings settings, TimeProvider time) : IBackend
{
    private readonly OpenAIHealth _health = new(clients.Models, settings);

    public IChatClient Chat { get; } = new OpenAIChatClient(clients.Chat, settings);

    // Chat completions of OpenAI know no top_k.
    public ChatFeatures Features => ChatFeatures.All & ~ChatFeatures.TopK;

    public IEmbeddingGenerator<string, Embedding<float>> Embeddings { get; } = new OpenAIEmbeddingGenerator(clients.Embeddings, settings);

    public ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => HealthCheck.RunAsync(_health.CheckAsync, time, cancellationToken);

    public ValueTask DisposeAsync()
    {
        clients.Dispose();
        return ValueTask.CompletedTask;
    }
}
