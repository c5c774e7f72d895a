using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Mock;

internal sealed class MockBackend(MockSettings settings, TimeProvider time, MockJournal? journal) : IBackend
{
    public IChatClient Chat { get; } = new MockChatClient(settings, time, journal);

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
