using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Registry.ModelHealth;
using Xunit;

namespace ModelMesh.Registry.Tests.ModelHealth;

public sealed class BackendCheckTests
{
    [Theory]
    [InlineData(typeof(Silent), false)]
    [InlineData(typeof(SilentStreaming), false)]
    [InlineData(typeof(Speaking), true)]
    [InlineData(typeof(SpeakingStreaming), true)]
    [InlineData(typeof(HeirOfSpeaking), true)]
    public void IsImplementedBy_ABackend_TrueWhereThePluginItselfHasTheCheck(Type type, bool expected) =>
        Assert.Equal(expected, BackendCheck.IsImplementedBy((IBackend)Activator.CreateInstance(type)!));

    private class Silent : IBackend
    {
        public IChatClient Chat => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Speaking : Silent, IBackend
    {
        public ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => ValueTask.FromResult(BackendHealth.Healthy);
    }

    private class SilentStreaming : StreamingBackend
    {
        protected override IAsyncEnumerable<ChatResponseUpdate> StreamAsync(IReadOnlyList<ChatMessage> messages, BackendCallOptions options, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }

    private class SpeakingStreaming : SilentStreaming
    {
        public override ValueTask<BackendHealth> CheckHealthAsync(CancellationToken cancellationToken) => ValueTask.FromResult(BackendHealth.Healthy);
    }

    private sealed class HeirOfSpeaking : SpeakingStreaming;
}
