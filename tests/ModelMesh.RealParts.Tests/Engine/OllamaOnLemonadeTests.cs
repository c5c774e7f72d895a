using System.Diagnostics;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Ollama;
using ModelMesh.Backends.Sdk;
using ModelMesh.Testing.Backends;
using ModelMesh.Testing.RealParts;
using Xunit;

namespace ModelMesh.RealParts.Tests.Engine;

/// <summary>The plugin of Ollama's API against Lemonade, a real engine behind that API. It ends each stream with two lines of <c>done</c>.</summary>
[Collection(SharedLemonade.Name)]
public sealed class OllamaOnLemonadeTests(SharedLemonade shared)
{
    private const string Prompt = "tell me about the river and the stone";

    [OnRealPart(RealPart.Lemonade)]
    public async Task Chat_OfARealEngine_ComesTokenByTokenAndEndsWithLengthAtMaxTokens()
    {
        await using var backend = await BackendAsync();
        var answer = await backend.ChatAsync(Prompt, new() { MaxOutputTokens = 6, Seed = 3 });

        Assert.Equal(6, answer.Pieces.Count);
        Assert.Equal(ChatFinishReason.Length, answer.FinishReason);
    }

    [OnRealPart(RealPart.Lemonade)]
    public async Task Seed_Twice_GivesTheSameAnswer()
    {
        await using var backend = await BackendAsync();
        var options = new BackendCallOptions { MaxOutputTokens = 12, Seed = 5 };

        Assert.Equal((await backend.ChatAsync(Prompt, options)).Text, (await backend.ChatAsync(Prompt, options)).Text);
    }

    [OnRealPart(RealPart.Lemonade)]
    public async Task Model_ItDoesNotHave_IsNotFound()
    {
        await using var backend = RealBackend.Create(new OllamaFactory(), (await shared.Server).Address, "nope");
        Assert.Equal(BackendErrorKind.NotFound, (await Assert.ThrowsAsync<BackendException>(() => backend.ChatAsync(Prompt))).Kind);
    }

    [OnRealPart(RealPart.Lemonade)]
    public async Task Health_OfAModelItHas_IsHealthyAndOfAnotherIsNot()
    {
        await using var backend = await BackendAsync();
        await using var other = RealBackend.Create(new OllamaFactory(), (await shared.Server).Address, "nope");

        Assert.Equal(BackendHealthState.Healthy, (await backend.HealthAsync()).State);
        Assert.Equal(BackendHealthState.Unhealthy, (await other.HealthAsync()).State);
    }

    [OnRealPart(RealPart.Lemonade)]
    public async Task Cancel_InMidStream_MakesTheEngineStop()
    {
        var server = await shared.Server;
        await using var backend = await BackendAsync();
        using var leave = new CancellationTokenSource();
        var outcome = new ChatOutcome();

        // Its answers to this prompt end after 35 to 1,500 tokens, as the seed has it: by this one there is time to leave.
        var chat = backend.ChatAsync([new(ChatRole.User, Prompt)], outcome, new() { MaxOutputTokens = 1_500, Seed = 6 }, leave.Token);
        await Eventually.HoldsAsync(() => chat.IsCompleted || outcome.Pieces.Count >= 3, TimeSpan.FromSeconds(30), "the engine is at it");
        var cancelled = Cancelled(server);
        var since = Stopwatch.GetTimestamp();
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => chat);

        await Eventually.HoldsAsync(() => Cancelled(server) > cancelled, "the engine has cancelled its task");
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    private static int Cancelled(Lemonade server) => server.Log.Split("cancel task").Length;

    private async Task<RealBackend> BackendAsync() => RealBackend.Create(new OllamaFactory(), (await shared.Server).Address, Lemonade.Model);
}
