using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Testing.RealParts;
using Xunit;

namespace ModelMesh.RealParts.Tests.Engine;

/// <content>What is said, and how it ends.</content>
public abstract partial class LlamaServerTests
{
    [OnRealPart(RealPart.LlamaServer)]
    public async Task Chat_OfARealEngine_ComesTokenByTokenWithUsageAndLengthAtMaxTokens()
    {
        await using var backend = await TinyAsync();
        var answer = await backend.ChatAsync(Prompt, new() { MaxOutputTokens = 12, AdditionalProperties = Extra.Of(("ignore_eos", true)) });

        Assert.Equal(12, answer.Pieces.Count);
        Assert.Equal(ChatFinishReason.Length, answer.FinishReason);
        Assert.Equal(12, answer.Usage?.OutputTokenCount);
        Assert.InRange(answer.Usage?.InputTokenCount ?? 0, Prompt.Split(' ').Length, 1_000);
        Assert.Equal(answer.Usage!.InputTokenCount + 12, answer.Usage.TotalTokenCount);
        Assert.Equal(0, answer.SkippedChunks);
    }

    [OnRealPart(RealPart.LlamaServer)]
    public async Task Stop_WordOfTheAnswer_EndsItBeforeThatWord()
    {
        await using var backend = await TinyAsync();
        var whole = await backend.ChatAsync(Prompt, Seeded(5, 20));
        var third = whole.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2];

        var options = Seeded(5, 20);
        options.StopSequences = [third];
        var stopped = await backend.ChatAsync(Prompt, options);

        Assert.Equal(ChatFinishReason.Stop, stopped.FinishReason);
        Assert.Equal(whole.Text[..whole.Text.IndexOf(third, StringComparison.Ordinal)], stopped.Text);
    }

    [OnRealPart(RealPart.LlamaServer)]
    public async Task Seed_Twice_GivesTheSameAnswerAndAnotherGivesAnother()
    {
        await using var backend = await TinyAsync();
        var first = await backend.ChatAsync(Prompt, Seeded(7, 24));

        Assert.Equal(first.Text, (await backend.ChatAsync(Prompt, Seeded(7, 24))).Text);
        Assert.NotEqual(first.Text, (await backend.ChatAsync(Prompt, Seeded(8, 24))).Text);
    }

    [OnRealPart(RealPart.LlamaServer)]
    public async Task Temperature_Zero_MakesTheSeedIrrelevant()
    {
        await using var backend = await TinyAsync();
        var cold = Seeded(1, 16);
        cold.Temperature = 0;
        var colder = Seeded(2, 16);
        colder.Temperature = 0;

        Assert.Equal((await backend.ChatAsync(Prompt, cold)).Text, (await backend.ChatAsync(Prompt, colder)).Text);
    }

    [OnRealPart(RealPart.LlamaServer)]
    public async Task LogProbabilities_Asked_ComeForEveryTokenWithItsAlternatives()
    {
        await using var backend = await TinyAsync();
        var options = Seeded(3, 10);
        options.LogProbabilities = true;
        options.TopLogProbabilities = 3;
        var answer = await backend.ChatAsync(Prompt, options);

        Assert.Equal(10, answer.LogProbabilities.Count);
        Assert.Equal(answer.Text, string.Concat(answer.LogProbabilities.Select(token => token.Token)));
        Assert.All(answer.LogProbabilities, token =>
        {
            Assert.InRange(token.LogProbability, -50, 0);
            Assert.Equal(3, token.Top.Count);
            Assert.True(token.Top[0].LogProbability >= token.Top[1].LogProbability);
            Assert.NotNull(token.Bytes);
        });
    }

    [OnRealPart(RealPart.LlamaServer)]
    public async Task Choices_Two_BothComeWholeAndApart()
    {
        await using var backend = await TinyAsync();
        var options = Seeded(4, 15);
        options.Choices = 2;
        var answer = await backend.ChatAsync(Prompt, options);

        Assert.Equal([ChatFinishReason.Length, ChatFinishReason.Length], [answer.FinishReasons[0], answer.FinishReasons[1]]);
        Assert.NotEmpty(answer.Text);
        Assert.NotEmpty(answer.TextOf(1));
        Assert.NotEqual(answer.Text, answer.TextOf(1));
    }

    // Without the end-of-answer token, so that the length is the limit's.
    private static BackendCallOptions Seeded(long seed, int tokens) => new() { Seed = seed, MaxOutputTokens = tokens, AdditionalProperties = Extra.Of(("ignore_eos", true)) };
}
