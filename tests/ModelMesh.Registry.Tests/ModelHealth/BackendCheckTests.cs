using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Registry.ModelHealth;
using Xunit;

namespace ModelMesh.Registry.Tests.ModelHealth;

public sealed class BackendCheckTests
{
    [Fact]
    public void IsImplementedBy_ABackendWithoutACheckOfItsOwn_No()
    {
        Assert.False(BackendCheck.IsImplementedBy(new Bare()));
        Assert.False(BackendCheck.IsImplementedBy(new Streaming()));
    }

    [Fact]
    public void IsImplementedBy_ABackendWithOne_YesHoweverItIsWritten()
    {
        Assert.True(BackendCheck.IsImplementedBy(new Checking()));
        Assert.True(BackendCheck.IsImplementedBy(new Explicit()));
        Assert.True(BackendCheck.IsImplementedBy(new StreamingAndChecking()));
    }

    private class Bare : IBackend
    {
        public IChatClient Chat => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Checking : IBackend
    {
        public IChatClient Chat => throw new NotSupportedException();

        public ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => ValueTask.FromResult(BackendHealth.Healthy);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Explicit : Bare, IBackend
    {
        ValueTask<BackendHealth> IBackend.CheckHealthAsync(CancellationToken cancellationToken) => ValueTask.FromResult(BackendHealth.Healthy);
    }

    private class Streaming : StreamingBackend
    {
        protected override async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
            IReadOnlyList<ChatMessage> messages, BackendCallOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            yield break;
        }
    }

    private sealed class StreamingAndChecking : Streaming
    {
        public override ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => ValueTask.FromResult(BackendHealth.Healthy);
    }
}
