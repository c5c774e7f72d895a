using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using Xunit;

namespace ModelMesh.Backends.Mock.Tests;

public sealed class RichAnswerTests
{
    private static readonly BackendCallOptions WithTools = new()
    {
        Tools = [Tool("add"), Tool("mul"), Tool("div")],
    };

    [Fact]
    public async Task ToolCalls_WithTools_AreMadeInPiecesWithTheSettingsArguments()
    {
        var updates = await UpdatesAsync("""{"tool_calls":2,"tool_arguments":{"a":12}}""", WithTools, new ChatMessage(ChatRole.User, "hi"));

        var calls = updates.SelectMany(update => update.Contents).OfType<ToolCallPiece>().GroupBy(piece => piece.Index).ToList();
        Assert.Equal(["add", "mul"], calls.Select(call => call.First().Name));
        Assert.Equal(2, calls.Select(call => call.First().CallId).Distinct().Count());
        Assert.All(calls, call => Assert.Equal("""{"a":12}""", string.Concat(call.Select(piece => piece.Arguments))));
        Assert.Equal(ChatFinishReason.ToolCalls, updates[^1].FinishReason);
    }

    public static TheoryData<string, BackendCallOptions, ChatMessage> NoCalls => new()
    {
        { "no tools", new BackendCallOptions(), new ChatMessage(ChatRole.User, "hi") },
        { "tool_choice none", new BackendCallOptions { Tools = WithTools.Tools, ToolMode = ChatToolMode.None }, new ChatMessage(ChatRole.User, "hi") },
        { "a result came", WithTools, new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c", "7")]) },
    };

    [Theory]
    [MemberData(nameof(NoCalls))]
    public async Task ToolCalls_WhereNoneIsDue_AnswersInText(string when, BackendCallOptions options, ChatMessage last)
    {
        var updates = await UpdatesAsync("""{"tool_calls":2,"text":"done"}""", options, last);
        Assert.True("done" == string.Concat(updates.Select(update => update.Text)), when);
    }

    [Fact]
    public async Task Reasoning_ComesBeforeTheAnswerAndCountsAsTokens()
    {
        var updates = await UpdatesAsync("""{"reasoning":"let me see","text":"yes"}""", new BackendCallOptions(), new ChatMessage(ChatRole.User, "hi"));

        Assert.Equal(["let", " me", " see"], updates.Take(3).Select(update => Assert.IsType<TextReasoningContent>(update.Contents[0]).Text));
        Assert.Equal("yes", updates[3].Text);
        Assert.Equal(4, updates[^1].Contents.OfType<UsageContent>().Single().Details.OutputTokenCount);
    }

    [Theory]
    [InlineData("""{"text":"yes","tell_adapter":true}""", "poet", "[poet] yes", 2)]
    [InlineData("""{"text":"yes","tell_adapter":true}""", null, "yes", 1)]
    [InlineData("""{"text":"yes"}""", "poet", "yes", 1)]
    public async Task Adapter_WhereItIsToBeTold_BeginsTheAnswer(string settings, string? adapter, string text, int tokens)
    {
        var updates = await UpdatesAsync(settings, new BackendCallOptions { ModelId = adapter }, new ChatMessage(ChatRole.User, "hi"));

        Assert.Equal(text, string.Concat(updates.Select(update => update.Text)));
        Assert.Equal(tokens, updates[^1].Contents.OfType<UsageContent>().Single().Details.OutputTokenCount);
    }

    [Fact]
    public async Task Embeddings_OfEqualTexts_AreEqualAndOfLengthOne()
    {
        await using var backend = Mocks.Make("""{"dimensions":16}""");
        var made = await backend.Embeddings!.GenerateAsync(["a b", "c", "a b"]);

        Assert.Equal(made[0].Vector.ToArray(), made[2].Vector.ToArray());
        Assert.NotEqual(made[0].Vector.ToArray(), made[1].Vector.ToArray());
        Assert.All(made, embedding => Assert.Equal(1, embedding.Vector.ToArray().Sum(value => value * value), 3));
        Assert.Equal(16, made[0].Vector.Length);
        Assert.Equal(5, made.Usage!.InputTokenCount);
    }

    private static ToolDeclaration Tool(string name) => new(name, "", default);

    private static async Task<List<ChatResponseUpdate>> UpdatesAsync(string settings, BackendCallOptions options, ChatMessage message)
    {
        await using var backend = Mocks.Make(settings);
        List<ChatResponseUpdate> updates = [];
        await foreach (var update in backend.Chat.GetStreamingResponseAsync([message], options))
        {
            updates.Add(update);
        }

        return updates;
    }
}
