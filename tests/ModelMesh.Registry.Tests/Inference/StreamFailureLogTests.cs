using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Figures;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Queue;
using ModelMesh.Registry.Requests;
using ModelMesh.Registry.Rollouts;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;
using static ModelMesh.Registry.Tests.Fakes.PluginFolders;

namespace ModelMesh.Registry.Tests.Inference;

public sealed class StreamFailureLogTests
{
    private readonly RecordedLog<InferenceExecutor> _log = new();

    [Fact]
    public async Task Execute_ABackendThrowsWhatItShouldNot_OnlyTheTypeIsLoggedAndTheRestAtTrace()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await Eventually.HoldsAsync(() => registry.Plugins.Find("good") is not null, "the plugin is loaded");
        registry.Put(TestModel.Of("good"));
        await FailAsync(registry, "throw");

        AssertWarned("failed at its backend after 0 tokens: InvalidOperationException: The model's backend failed.");
        Assert.Equal("a secret", Assert.Single(_log.Lines, line => line.Level == LogLevel.Trace).Exception!.Message);
    }

    [Fact]
    public async Task Execute_ABackendThrowsAFailureOfItsOwn_KindAndMessageAreLogged()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.PutMock("""{"tokens":9,"fail_after_tokens":3,"error_kind":"upstream"}""");
        var error = await FailAsync(registry, "hello");

        AssertWarned($"failed at its backend after 3 tokens: Upstream: {error.Message}");
    }

    private async Task<MeshException> FailAsync(TestRegistry registry, string input)
    {
        var executor = new InferenceExecutor(
            registry.Admission, registry.Watchdog, new RequestTable(TimeProvider.System), new RecentFigures(TimeProvider.System), new RolloutTally(registry.Catalog), TimeProvider.System, _log);
        var request = new InferenceRequest("r", new ModelId("chat", "v1"), [new ChatMessage(ChatRole.User, input)], new BackendCallOptions());
        return await Assert.ThrowsAsync<MeshException>(() => executor.ExecuteAsync(request, new NoSink(), CancellationToken.None));
    }

    private void AssertWarned(string text)
    {
        var line = Assert.Single(_log.Lines, line => line.Level > LogLevel.Trace);
        Assert.Equal((LogLevel.Warning, null), (line.Level, line.Exception));
        Assert.EndsWith(text, line.Text, StringComparison.Ordinal);
    }

    private sealed class NoSink : IInferenceSink
    {
        public Task QueuedAsync(QueuePosition position) => Task.CompletedTask;

        public Task AcceptedAsync(ModelVersion model) => Task.CompletedTask;

        public Task TokensAsync(IReadOnlyList<AnswerPiece> pieces, AnswerCost cost) => Task.CompletedTask;

        public Task CompletedAsync(Completion completion) => Task.CompletedTask;

        public void Abort()
        {
        }
    }
}
