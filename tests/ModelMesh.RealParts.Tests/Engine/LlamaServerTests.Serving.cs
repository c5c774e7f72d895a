using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Testing.RealParts;
using Xunit;

namespace ModelMesh.RealParts.Tests.Engine;

/// <content>Embeddings, health, and an engine that is not there yet.</content>
public abstract partial class LlamaServerTests
{
    [OnRealPart(RealPart.LlamaServer)]
    public async Task Embeddings_OfARealEngine_AreItsVectorsInTheOrderOfTheInputs()
    {
        await using var backend = Over(await Shared.Embedding);
        var vectors = await backend.EmbedAsync("the river", "a stone", "the river");

        Assert.All(vectors, vector => Assert.Equal(64, vector.Vector.Length));
        Assert.InRange(Cosine(vectors[0].Vector.Span, vectors[2].Vector.Span), 0.999, 1.001);
        Assert.InRange(Cosine(vectors[0].Vector.Span, vectors[1].Vector.Span), -1, 0.99);
        Assert.InRange(vectors.Usage?.InputTokenCount ?? 0, 6, 100);
    }

    [OnRealPart(RealPart.LlamaServer)]
    public async Task Embeddings_OfAServerWithoutThem_FailInItsWords()
    {
        await using var backend = await TinyAsync();
        var failure = await Assert.ThrowsAsync<BackendException>(() => backend.EmbedAsync("the river"));

        Assert.Equal(BackendErrorKind.Upstream, failure.Kind);
        Assert.Contains("--embeddings", failure.Message, StringComparison.Ordinal);
    }

    [OnRealPart(RealPart.LlamaServer)]
    public async Task Health_OfAServerThatServes_IsHealthy()
    {
        await using var backend = await TinyAsync();
        Assert.Equal(BackendHealthState.Healthy, (await backend.HealthAsync()).State);
    }

    // It closes its connection after each streamed answer, though it announces to keep it: whoever sends on it again loses the request.
    [OnRealPart(RealPart.LlamaServer)]
    public async Task Chats_OneRightAfterAnother_AllComeWhole()
    {
        await using var backend = await TinyAsync();
        await Parallel.ForAsync(0, 4, async (_, _) =>
        {
            for (var round = 0; round < 100; round++)
            {
                Assert.Equal(ChatFinishReason.Length, (await backend.ChatAsync(Prompt, Seeded(round, 2))).FinishReason);
            }
        });
    }

    [OnRealPart(RealPart.LlamaServer)]
    public async Task Chat_WhileTheModelLoads_IsUnavailableUntilItIsThere()
    {
        await using var server = LlamaServer.Launch(LlamaModel.Slow);
        await using var backend = Over(server);
        var refusals = new List<BackendException>();
        await Eventually.HoldsAsync(
            async () =>
            {
                try
                {
                    return (await backend.ChatAsync(Prompt, Seeded(1, 2))).FinishReason is not null;
                }
                catch (BackendException exception)
                {
                    refusals.Add(exception);
                    return false;
                }
            },
            TimeSpan.FromSeconds(30),
            "the model is loaded");

        Assert.All(refusals, refusal => Assert.Equal(BackendErrorKind.Unavailable, refusal.Kind));
        Assert.Contains(refusals, refusal => refusal.Message.Contains("Loading model", StringComparison.Ordinal));
    }

    private static double Cosine(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var (product, leftSquares, rightSquares) = (0.0, 0.0, 0.0);
        for (var index = 0; index < left.Length; index++)
        {
            product += left[index] * right[index];
            leftSquares += left[index] * left[index];
            rightSquares += right[index] * right[index];
        }

        return product / Math.Sqrt(leftSquares * rightSquares);
    }
}
