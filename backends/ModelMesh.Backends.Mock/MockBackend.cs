using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Mock;

internal sealed class MockBackend(MockSettings settings, TimeProvider time, MockJournal? journal) : IBackend
{
    public IChatClient Chat { get; } = new MockChatClient(settings, time, journal);

    public ValueTask DisposeAsync()
    {
        journal?.Dispose();
        return ValueTask.CompletedTask;
    }
}
