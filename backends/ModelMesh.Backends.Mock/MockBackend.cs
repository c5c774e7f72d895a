using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Mock;

internal sealed class MockBackend(MockSettings settings, TimeProvider time, MockJournal? journal) : IBackend
{
    public IChatClient Chat { get; } = new MockChatClient(settings, time, journal);

    // All of it is taken, to stand in for any model; what has an effect is in the README.
    public ChatFeatures Features => ChatFeatures.All;

    public IEmbeddingGenerator<string, Embedding<float>> Embeddings { get; } = new MockEmbeddings(settings, time);

    public ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken)
    {
        if (settings.JournalChecks)
        {
            journal!.HealthCheck();
        }

        return ValueTask.FromResult(settings.Health is BackendHealthState.Healthy ? BackendHealth.Healthy : new BackendHealth(settings.Health, settings.HealthReason));
    }

    public ValueTask DisposeAsync()
    {
        journal?.Dispose();
        return ValueTask.CompletedTask;
    }
}
