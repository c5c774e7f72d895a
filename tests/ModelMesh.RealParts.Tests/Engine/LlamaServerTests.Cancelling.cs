using System.Diagnostics;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Testing.Backends;
using ModelMesh.Testing.RealParts;
using Xunit;

namespace ModelMesh.RealParts.Tests.Engine;

/// <content>Answers that are given up, and the engine's own word for it.</content>
public abstract partial class LlamaServerTests
{
    [OnRealPart(RealPart.LlamaServer)]
    public async Task Cancel_InMidStream_MakesTheEngineStop()
    {
        var server = await Shared.Slow;
        await using var backend = Over(server);
        var waits = new List<TimeSpan>();
        for (var round = 0; round < 5; round++)
        {
            waits.Add(await CancelAsync(server, backend, Prompt, outcome => outcome.Pieces.Count >= 3));
        }

        Assert.InRange(waits.Order().ElementAt(2), TimeSpan.Zero, TimeSpan.FromMilliseconds(150));
    }

    // While it reads a prompt it looks for its clients once a second.
    [OnRealPart(RealPart.LlamaServer)]
    public async Task Cancel_BeforeTheFirstToken_MakesTheEngineStop()
    {
        var server = await Shared.Slow;
        await using var backend = Over(server);
        var starts = server.Log.Split("processing task").Length;
        var wait = await CancelAsync(
            server, backend, string.Join(' ', Enumerable.Repeat("stone", 300)), _ => server.Log.Split("processing task").Length > starts, cachePrompt: false);

        Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    [OnRealPart(RealPart.LlamaServer)]
    public async Task Streams_TwiceAsManyAsSlots_AllComeWhole()
    {
        await using var backend = await TinyAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => backend.ChatAsync(Prompt, Seeded(number, 100))));

        Assert.All(answers, answer =>
        {
            Assert.Equal(ChatFinishReason.Length, answer.FinishReason);
            Assert.Equal(100, answer.Usage?.OutputTokenCount);
            Assert.Equal(100, answer.Pieces.Count);
        });
    }

    private static async Task<TimeSpan> CancelAsync(LlamaServer server, RealBackend backend, string prompt, Func<ChatOutcome, bool> ready, bool cachePrompt = true)
    {
        using var leave = new CancellationTokenSource();
        var outcome = new ChatOutcome();
        var options = new BackendCallOptions { MaxOutputTokens = 1_500, AdditionalProperties = Extra.Of(("ignore_eos", true), ("cache_prompt", cachePrompt)) };
        var cancelled = server.Cancelled;
        var chat = backend.ChatAsync([new(ChatRole.User, prompt)], outcome, options, leave.Token);
        await Eventually.HoldsAsync(() => chat.IsCompleted || ready(outcome), "the engine is at it");
        var since = Stopwatch.GetTimestamp();
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => chat);
        await Eventually.HoldsAsync(() => server.Cancelled == cancelled + 1, "the engine has cancelled its task");
        Assert.Null(outcome.FinishReason);
        return Stopwatch.GetElapsedTime(since);
    }
}
