using System.Text.Json.Nodes;
using ModelMesh.EndToEnd.Tests.Harness;
using Xunit;

namespace ModelMesh.EndToEnd.Tests;

public sealed class LongStreamTests
{
    [Fact]
    public async Task Stream_LongerThanThreeLeaseTtls_KeepsItsSlotToTheEnd()
    {
        await using var mesh = await MeshProcesses.StartAsync(settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["Leases__Ttl"] = "00:00:01.5" });
        await mesh.RegisterAsync("long", new JsonObject { ["tokens"] = 110, ["token_delay_ms"] = 50 }, 1);
        await using var call = mesh.Infer("long");
        await call.FirstToken;

        // Five and a half seconds of stream: whoever asks meanwhile is refused, until the stream has ended.
        while (call.Tokens < 95)
        {
            await using var other = mesh.Infer("long");
            var refused = await other.Outcome;
            Assert.True(refused.ErrorCode == "capacity_exceeded" || call.Tokens >= 95, $"{refused.Status} {refused.ErrorCode} at token {call.Tokens}");
        }

        var outcome = await call.Outcome;
        Assert.True(outcome.IsComplete);
        Assert.Equal(110, outcome.Tokens);
        Assert.True(outcome.Elapsed > TimeSpan.FromSeconds(4.5));
        Assert.Equal(0, await mesh.ActiveAsync("long"));
    }
}
