using System.Text.Json.Nodes;
using ModelMesh.EndToEnd.Tests.Harness;
using Xunit;

namespace ModelMesh.EndToEnd.Tests;

[Collection(SharedMesh.Name)]
public sealed class HotUpdateTests(SharedMesh shared)
{
    private const int Streams = 100;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Put_With100OpenStreams_OldStreamsEndOnTheOldRevisionAndNewOnesRunOnTheNew(int replica)
    {
        var mesh = shared.Mesh;
        var journal = mesh.NewJournal();
        var name = $"hot-{replica}";

        // The old streams last four seconds: all of them have to be open when PUT has answered, however slowly a busy machine opens a hundred.
        JsonObject Backend(string word, int delay) => new() { ["text"] = string.Join(' ', Enumerable.Repeat(word, 40)), ["token_delay_ms"] = delay, ["journal"] = journal.Path };
        var before = (long)(await mesh.RegisterAsync(name, Backend("old", 100), 2 * Streams))["revision"]!;

        var first = Enumerable.Range(0, Streams).Select(_ => mesh.Infer(name)).ToArray();
        await Task.WhenAll(first.Select(call => call.FirstToken));
        var after = (long)(await mesh.UpdateAsync(name, Backend("new", 20), 2 * Streams, replica))["revision"]!;
        Assert.All(first, call => Assert.False(call.Outcome.IsCompleted, "the old streams still run when PUT has answered"));
        var second = Enumerable.Range(0, Streams).Select(_ => mesh.Infer(name)).ToArray();

        Assert.True(after > before);
        Assert.All(await Task.WhenAll(first.Select(call => call.Outcome)), outcome => AssertWhollyOn(outcome, before, "old"));
        Assert.All(await Task.WhenAll(second.Select(call => call.Outcome)), outcome => AssertWhollyOn(outcome, after, "new"));

        // Both replicas served the old revision, and each disposes its backend once that one's last stream has ended.
        await Eventually.HoldsAsync(() => journal.Read().Disposed(before) == 2, TimeSpan.FromSeconds(5), "the old backend is disposed on both replicas");
        var calls = journal.Read();
        Assert.True(calls.DisposedAfterLastCall(before), "each was disposed after its last stream");
        Assert.Equal(0, calls.Disposed(after));
        foreach (var call in first.Concat(second))
        {
            await call.DisposeAsync();
        }
    }

    [Fact]
    public async Task Infer_AfterAPutAnsweredOnEitherReplica_IsNeverServedByAnOlderRevision()
    {
        var mesh = shared.Mesh;
        await mesh.RegisterAsync("fresh", new JsonObject { ["text"] = "0" }, 10);
        for (var round = 1; round <= 50; round++)
        {
            var revision = (long)(await mesh.UpdateAsync("fresh", new JsonObject { ["text"] = $"{round}" }, 10, round % 2))["revision"]!;
            await using var one = mesh.Infer("fresh");
            await using var two = mesh.Infer("fresh");
            Assert.All(await Task.WhenAll(one.Outcome, two.Outcome), outcome => AssertWhollyOn(outcome, revision, $"{round}"));
        }
    }

    [Fact]
    public async Task Infer_RightAfterRegistrationAnswered_IsServed()
    {
        var mesh = shared.Mesh;
        for (var round = 0; round < 20; round++)
        {
            await mesh.RegisterAsync($"instant-{round}", [], 1, round % 2);
            await using var call = mesh.Infer($"instant-{round}");
            Assert.True((await call.Outcome).IsComplete);
        }
    }

    private static void AssertWhollyOn(StreamOutcome outcome, long revision, string word)
    {
        Assert.True(outcome.IsComplete, $"{outcome.Status} {outcome.Last} {outcome.ErrorCode}");
        Assert.Equal(revision, outcome.Revision);
        Assert.Equal(revision, outcome.DoneRevision);
        Assert.All(outcome.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries), seen => Assert.Equal(word, seen));
    }
}
