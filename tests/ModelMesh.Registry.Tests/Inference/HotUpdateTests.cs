using System.Diagnostics;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;
using static ModelMesh.Registry.Tests.Fakes.PluginFolders;

namespace ModelMesh.Registry.Tests.Inference;

public sealed class HotUpdateTests : IAsyncLifetime
{
    private const int Streams = 50;

    private TestRegistry _registry = null!;

    public async Task InitializeAsync() => _registry = await TestRegistry.StartAsync();

    public async Task DisposeAsync() => await _registry.DisposeAsync();

    [Fact]
    public async Task Put_WithOpenStreams_TheyEndOnTheOldRevisionWhichIsDisposedAfterItsLastStream()
    {
        var before = _registry.PutMock("""{"text":"old old old old old old old old old old","token_delay_ms":50}""");
        var first = await OpenAsync();
        var after = _registry.PutMock("""{"text":"new new new new new new new new new new","token_delay_ms":20}""");
        Assert.Equal(0, _registry.Calls.Count("disposed", before.Revision));
        var second = await OpenAsync();
        await Task.WhenAll(first.Concat(second).Select(call => call.CompletedAsync()));

        Assert.All(first, call => Assert.Equal((before.Revision, "old old old old old old old old old old"), (call.Accepted!.Revision, call.Text)));
        Assert.All(second, call => Assert.Equal((after.Revision, "new new new new new new new new new new"), (call.Accepted!.Revision, call.Text)));
        await Eventually.HoldsAsync(() => _registry.Calls.Count("disposed", before.Revision) == 1, "the old backend is disposed");
        var calls = _registry.Calls;
        Assert.Equal("disposed", calls.Events.Last(line => line.Revision == before.Revision).Event);
        Assert.Equal(Streams, calls.Count("completed", before.Revision));
        Assert.Equal(0, calls.Count("disposed", after.Revision));
        Dispose(first, second);
    }

    [Fact]
    public async Task Put_OfAnotherBackendType_RunningStreamsEndOnTheOldOne()
    {
        await DropAsync("GoodV1", "1.0.0");
        _registry.PutMock("""{"text":"mock mock mock mock mock","token_delay_ms":50}""");
        using var first = _registry.Infer();
        await first.FirstToken;
        _registry.Put(TestModel.Of("good"));
        using var second = _registry.Infer("3,1");
        await Task.WhenAll(first.CompletedAsync(), second.CompletedAsync());

        Assert.Equal(("mock mock mock mock mock", "v1v1v1"), (first.Text, second.Text));
    }

    [Fact]
    public async Task Plugin_ReplacedUnderLoad_NoStreamIsCutAndEachEndsOnTheBuildItBeganOn()
    {
        await DropAsync("GoodV1", "1.0.0");
        _registry.Put(TestModel.Of("good"));
        var first = Enumerable.Range(0, Streams).Select(_ => _registry.Infer("60,20")).ToList();
        await Task.WhenAll(first.Select(call => call.FirstToken));
        await DropAsync("GoodV2", "2.0.0");
        var second = Enumerable.Range(0, Streams).Select(_ => _registry.Infer("10,5")).ToList();
        Assert.All(first, call => Assert.False(call.Ended.IsCompleted, "the old streams still run when the new build serves"));
        await Task.WhenAll(first.Concat(second).Select(call => call.CompletedAsync()));

        Assert.All(first, call => Assert.Equal(string.Concat(Enumerable.Repeat("v1", 60)), call.Text));
        Assert.All(second, call => Assert.Equal(string.Concat(Enumerable.Repeat("v2", 10)), call.Text));
        await Eventually.HoldsAsync(() => _registry.Runtimes.Alive == 1, "the old build's backend is disposed");
        Dispose(first, second);
    }

    [Fact]
    public async Task Plugin_RemovedUnderLoad_RunningStreamsEndAndNewOnesSayWhy()
    {
        await DropAsync("GoodV1", "1.0.0");
        _registry.Put(TestModel.Of("good"));
        using var running = _registry.Infer("60,20");
        await running.FirstToken;
        Directory.Delete(_registry.Folders["Good"], recursive: true);
        await Eventually.HoldsAsync(() => _registry.Plugins.Find("good") is null, "the plugin is gone");
        using var refused = _registry.Infer("1,1");

        Assert.Equal("The plugin 'Good' that served backend type 'good' was removed.", (await refused.FailedAsync()).Message);
        await running.CompletedAsync();
        Assert.Equal(60, running.Tokens.Count);
    }

    [Fact]
    public async Task Plugin_DroppedIn_IsServedWithinTwoSeconds()
    {
        _registry.Put(TestModel.Of("good"));
        var clock = Stopwatch.StartNew();
        await DropAsync("GoodV1", "1.0.0");
        using var call = _registry.Infer("1,1");
        await call.CompletedAsync();

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), $"took {clock.Elapsed}");
    }

    [Fact]
    public async Task Put_AgainAndAgainUnderLoad_NoRequestFailsAndOnlyTheLastBackendStays()
    {
        _registry.PutMock("""{"tokens":3}""");
        using var enough = new CancellationTokenSource();
        var served = 0;
        var callers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                using var call = _registry.Infer();
                await call.CompletedAsync();
                Interlocked.Increment(ref served);
            }
        })).ToList();
        for (var change = 0; change < 200 || (Volatile.Read(ref served) < 200 && !callers.Exists(caller => caller.IsFaulted)); change++)
        {
            _registry.PutMock("""{"tokens":3}""");
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        await enough.CancelAsync();
        await Task.WhenAll(callers);
        await Eventually.HoldsAsync(() => _registry.Runtimes.Alive == 1, "only the last backend stays");
    }

    private static void Dispose(params IEnumerable<InferCall>[] calls) => calls.SelectMany(call => call).ToList().ForEach(call => call.Dispose());

    private async Task<List<InferCall>> OpenAsync()
    {
        var calls = Enumerable.Range(0, Streams).Select(_ => _registry.Infer()).ToList();
        await Task.WhenAll(calls.Select(call => call.FirstToken));
        return calls;
    }

    private async Task DropAsync(string plugin, string version)
    {
        _registry.Folders.Drop(TestPlugin(plugin), "Good");
        await Eventually.HoldsAsync(() => _registry.Plugins.Find("good")?.Version == version, $"version {version} serves");
    }
}
