using System.Text.Json.Nodes;
using ModelMesh.EndToEnd.Tests.Harness;
using Xunit;

namespace ModelMesh.EndToEnd.Tests;

public sealed class LongStreamTests
{
    [Fact]
    public async Task Stream_LongerThanThreeLeaseTtls_KeepsItsSlotToTheEnd()
    {
        // Not shorter: what is tested is renewal, not whether a busy machine lets it run twice a second.
        await using var mesh = await MeshProcesses.StartAsync(settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["Leases__Ttl"] = "00:00:02" });
        await mesh.RegisterAsync("long", new JsonObject { ["tokens"] = 140, ["token_delay_ms"] = 50 }, 1);
        await using var call = mesh.Infer("long");
        await call.FirstToken;

        // Seven seconds of stream: whoever asks meanwhile is refused, until the stream has ended.
        await Eventually.HoldsAsync(
            async () =>
            {
                await using var other = mesh.Infer("long");
                var refused = await other.Outcome;
                Assert.True(refused.ErrorCode == "capacity_exceeded" || call.Tokens >= 125, $"{refused.Status} {refused.ErrorCode} at token {call.Tokens}");
                return call.Tokens >= 125;
            },
            TimeSpan.FromSeconds(30),
            "the stream goes on");

        var outcome = await call.Outcome;
        Assert.True(outcome.IsComplete);
        Assert.Equal(140, outcome.Tokens);
        Assert.True(outcome.Elapsed > TimeSpan.FromSeconds(6));
        Assert.Equal(0, await mesh.ActiveAsync("long"));
    }
}
