using ModelMesh.Backends.LlamaCpp;
using ModelMesh.Backends.Sdk;
using ModelMesh.Testing.RealParts;
using Xunit;

namespace ModelMesh.RealParts.Tests.Engine;

public sealed class LlamaCppOnLlamaServerTests(SharedLlama shared) : LlamaServerTests(shared, new LlamaCppFactory())
{
    [OnRealPart(RealPart.LlamaServer)]
    public async Task Health_WhileItAnswers_CountsTheBusySlots()
    {
        await using var backend = await SlowAsync();
        using var leave = new CancellationTokenSource();
        var chat = backend.ChatAsync("hello", new() { MaxOutputTokens = 1_500, AdditionalProperties = Extra.Of(("ignore_eos", true)) }, leave.Token);
        await Eventually.HoldsAsync(async () => (int?)(await backend.HealthAsync()).Details?["slots_busy"] == 1, TimeSpan.FromSeconds(10), "one slot is busy");
        var busy = (await backend.HealthAsync()).Details!;
        Assert.Equal((4, 2_048, "slow.gguf"), ((int?)busy["slots"], (int?)busy["context_size"], (string?)busy["model_file"]));

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => chat);
        await Eventually.HoldsAsync(async () => (int?)(await backend.HealthAsync()).Details?["slots_busy"] == 0, TimeSpan.FromSeconds(10), "no slot is busy");
    }

    [OnRealPart(RealPart.LlamaServer)]
    public async Task Health_WhileTheModelLoads_IsStarting()
    {
        await using var server = LlamaServer.Launch(LlamaModel.Slow);
        await using var backend = Over(server);
        var states = new List<BackendHealthState>();
        await Eventually.HoldsAsync(
            async () =>
            {
                states.Add((await backend.HealthAsync()).State);
                return states[^1] == BackendHealthState.Healthy;
            },
            TimeSpan.FromSeconds(30),
            "the model is loaded");

        Assert.Contains(BackendHealthState.Starting, states);
        Assert.Equal(states.Order(Comparer<BackendHealthState>.Create((left, right) => Stage(left) - Stage(right))), states);
    }

    // Refused connections, then loading, then ready: never back.
    private static int Stage(BackendHealthState state) => state switch
    {
        BackendHealthState.Unhealthy => 0,
        BackendHealthState.Starting => 1,
        _ => 2,
    };
}
