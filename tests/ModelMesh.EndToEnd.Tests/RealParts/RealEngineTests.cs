using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelMesh.EndToEnd.Tests.Harness;
using ModelMesh.Testing.RealParts;
using Xunit;

namespace ModelMesh.EndToEnd.Tests.RealParts;

/// <summary>A whole mesh in front of llama.cpp's server.</summary>
[Collection(SharedMesh.Name)]
public sealed class RealEngineTests(SharedMesh shared)
{
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(150);

    [OnRealPart(RealPart.LlamaServer)]
    public async Task Infer_OfARealEngine_StreamsItsTokensToTheEnd()
    {
        await using var llama = await LlamaServer.StartAsync(LlamaModel.Tiny);
        foreach (var type in (string[])["llamacpp", "openai", "vllm"])
        {
            await shared.Mesh.RegisterAsync($"{type}-tiny", Backend(llama, tokens: 30), 4, type: type);
            await using var call = shared.Mesh.Infer($"{type}-tiny");
            var outcome = await call.Outcome;

            Assert.True(outcome.IsComplete, $"{type}: {outcome}");
            Assert.InRange(outcome.Tokens, 2, 30);
            Assert.InRange(outcome.Text.Split(' ').Length, 10, 60);
        }
    }

    [OnRealPart(RealPart.LlamaServer)]
    public async Task Infer_MoreClientsThanSlots_NeverRunsMoreThanTheModelsLimit()
    {
        await using var llama = await LlamaServer.StartAsync(LlamaModel.Slow);
        await shared.Mesh.RegisterAsync("two-at-once", Backend(llama, tokens: 100), 2, type: "llamacpp");
        var calls = Enumerable.Range(0, 8).Select(_ => shared.Mesh.Infer("two-at-once")).ToArray();
        var peak = 0;
        while (calls.Any(call => !call.Outcome.IsCompleted))
        {
            peak = Math.Max(peak, await BusySlotsAsync(llama));
        }

        var outcomes = await Task.WhenAll(calls.Select(call => call.Outcome));
        Assert.Equal(2, peak);
        Assert.All(outcomes, outcome => Assert.True(outcome.IsComplete || outcome is { Status: 429, ErrorCode: "capacity_exceeded" }, $"{outcome}"));
        Assert.InRange(outcomes.Count(outcome => outcome.IsComplete), 2, 7);
    }

    [OnRealPart(RealPart.LlamaServer)]
    public async Task ClientGone_InMidStream_EngineStopsAndSlotAndLeaseAreFree()
    {
        await using var llama = await LlamaServer.StartAsync(LlamaModel.Slow);
        await shared.Mesh.RegisterAsync("left-alone", Backend(llama, tokens: 1_500), 1, type: "llamacpp");
        await using var store = await StoreReader.ConnectAsync(shared.Mesh.Store.ConnectionString);
        var waits = new List<TimeSpan>();
        for (var round = 1; round <= 6; round++)
        {
            await using var call = shared.Mesh.Infer("left-alone");
            await call.FirstToken;
            var left = Stopwatch.GetTimestamp();
            call.Leave();
            await Eventually.HoldsAsync(() => llama.Cancelled == round, "the engine has cancelled its task");
            waits.Add(Stopwatch.GetElapsedTime(left));
            await Eventually.HoldsAsync(async () => await store.LeasesOfAsync("left-alone") == 0, TimeSpan.FromSeconds(5), "the lease is freed");
            await Eventually.HoldsAsync(async () => await BusySlotsAsync(llama) == 0, TimeSpan.FromSeconds(5), "the slot is free");
        }

        // The first round warms the path, and one in five may fall into somebody else's pause: the middle one counts.
        Assert.InRange(waits.Skip(1).Order().ElementAt(2), TimeSpan.Zero, Bound);
    }

    [OnRealPart(RealPart.LlamaServer)]
    public async Task Embed_OfARealEngine_GivesAVectorForEachInput()
    {
        await using var llama = await LlamaServer.StartAsync(LlamaModel.Tiny, "--embeddings", "--pooling", "mean");
        await shared.Mesh.RegisterAsync("vectors", new JsonObject { ["endpoint"] = llama.V1.ToString() }, 2, type: "llamacpp");
        using var response = await shared.Mesh.Gateway.PostAsJsonAsync(
            new Uri("/embed", UriKind.Relative), new JsonObject { ["model"] = "vectors", ["input"] = new JsonArray("the river", "a stone") });

        var answer = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.True(response.IsSuccessStatusCode, answer.ToJsonString());
        var vectors = answer["embeddings"]!.AsArray();
        Assert.Equal([64, 64], vectors.Select(vector => vector!.AsArray().Count));
        Assert.NotEqual(vectors[0]!.ToJsonString(), vectors[1]!.ToJsonString());
    }

    private static JsonObject Backend(LlamaServer llama, int tokens) => new()
    {
        ["endpoint"] = llama.V1.ToString(), ["model"] = "tiny", ["extra"] = new JsonObject { ["n_predict"] = tokens, ["ignore_eos"] = true, ["cache_prompt"] = false },
    };

    private static async Task<int> BusySlotsAsync(LlamaServer llama)
    {
        using var http = new HttpClient();
        using var slots = JsonDocument.Parse(await http.GetStringAsync(new Uri(llama.Address, "slots")));
        return slots.RootElement.EnumerateArray().Count(slot => slot.GetProperty("is_processing").GetBoolean());
    }
}
