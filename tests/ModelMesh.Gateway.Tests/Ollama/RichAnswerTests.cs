using System.Net;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Ollama;

/// <summary>Answers that are more than text.</summary>
public sealed class RichAnswerTests
{
    private const string Head = "{\"model\":\"chat\",\"created_at\":\"T\",\"message\":{\"role\":\"assistant\",\"content\":";
    private const string GenerateHead = "{\"model\":\"chat\",\"created_at\":\"T\",\"response\":";

    [Fact]
    public async Task Thinking_IsAFieldOfItsOwn()
    {
        var (lines, whole) = await AskAsync(new Delta { Reasoning = "hm" }, new Delta { Reasoning = "!", Text = "yes" });

        Assert.Equal(Head + "\"\",\"thinking\":\"hm\"},\"done\":false}", lines[0]);
        Assert.Equal(Head + "\"yes\",\"thinking\":\"!\"},\"done\":false}", lines[1]);
        Assert.StartsWith(Head + "\"yes\",\"thinking\":\"hm!\"},\"done\":true,", whole, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thinking_OfGenerate_IsBesideTheResponse()
    {
        var (lines, whole) = await AskAsync("/api/generate", new Delta { Reasoning = "hm" }, new Delta { Text = "yes" });

        Assert.Equal(GenerateHead + "\"\",\"thinking\":\"hm\",\"done\":false}", lines[0]);
        Assert.StartsWith(GenerateHead + "\"yes\",\"thinking\":\"hm\",\"done\":true,", whole, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_IsText_SinceOllamaHasNoFieldForIt()
    {
        var (lines, whole) = await AskAsync(new Delta { Refusal = "no" });

        Assert.Equal(Head + "\"no\"},\"done\":false}", lines[0]);
        Assert.StartsWith(Head + "\"no\"},\"done\":true,", whole, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ToolCalls_InPiecesByTurns_ComeWholeBeforeTheEnd_OnOneLine()
    {
        var (lines, whole) = await AskAsync(
            Call(0, "a", "add", ""),
            Call(1, "b", "mul", ""),
            Call(0, "", "", "{\n  \"x\":1.50,"),
            Call(1, "", "", "{\"s\":\"é\\n\"}"),
            Call(0, "", "", "\"y\":[ ]}"),
            Call(2, "", "none", ""));
        const string calls = "\"\",\"tool_calls\":[{\"id\":\"a\",\"function\":{\"index\":0,\"name\":\"add\",\"arguments\":{\"x\":1.50,\"y\":[]}}}," +
            "{\"id\":\"b\",\"function\":{\"index\":1,\"name\":\"mul\",\"arguments\":{\"s\":\"é\\n\"}}}," +
            "{\"function\":{\"index\":2,\"name\":\"none\",\"arguments\":{}}}]}";

        Assert.Equal(2, lines.Length);
        Assert.Equal(Head + calls + ",\"done\":false}", lines[0]);
        Assert.StartsWith(Head + "\"\"},\"done\":true,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith(Head + calls + ",\"done\":true,", whole, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{\"cut\":")]
    [InlineData("{\"half\":\"\\ud800\"}")]
    public async Task ToolCall_WhoseArgumentsAreNoObject_IsAnError_NotAnAnswer(string arguments)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = call => AnswerAsync(call, [Call(0, "a", "add", arguments)]);
        await using var gateway = await TestGateway.StartAsync(registry);

        var stream = await gateway.AnswerAsync("/api/chat", Body(stream: true));
        using var whole = await gateway.OllamaAsync("/api/chat", Body(stream: false));

        const string error = "{\"error\":\"The model called the tool 'add' with arguments that are no JSON object.\",\"code\":\"backend_error\"}";
        Assert.Equal(error + "\n", stream);
        Assert.Equal(HttpStatusCode.BadGateway, whole.StatusCode);
        Assert.Equal(error, await whole.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("length")]
    [InlineData("content_filter")]
    public async Task ToolCall_ThatTheLimitCut_IsLeftOut_AndTheAnswerSaysWhy(string reason)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.SendAsync(new Deltas { Items = { Call(0, "a", "add", "{}"), Call(1, "b", "mul", "{\"cut\":") } });
            await call.CompleteAsync(new Completed { FinishReason = reason });
        };
        await using var gateway = await TestGateway.StartAsync(registry);
        const string calls = "\"\",\"tool_calls\":[{\"id\":\"a\",\"function\":{\"index\":0,\"name\":\"add\",\"arguments\":{}}}]},\"done\":";

        var stream = await gateway.AnswerAsync("/api/chat", Body(stream: true));

        Assert.StartsWith(Head + calls + "false}\n" + Head + $"\"\"}},\"done\":true,\"done_reason\":\"{reason}\",", stream, StringComparison.Ordinal);
        Assert.StartsWith(Head + calls + $"true,\"done_reason\":\"{reason}\",", await gateway.AnswerAsync("/api/chat", Body(stream: false)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logprobs_AreBesideTheMessage()
    {
        var delta = new Delta { Text = "hi" };
        delta.Logprobs.Add(new TokenLogprob { Token = "hi", Logprob = -0.5, Bytes = Google.Protobuf.ByteString.CopyFromUtf8("hi"), Top = { new TokenLogprob { Token = "ho", Logprob = -1 } } });
        const string logprobs = ",\"logprobs\":[{\"token\":\"hi\",\"logprob\":-0.5,\"bytes\":[104,105],\"top_logprobs\":[{\"token\":\"ho\",\"logprob\":-1}]}]}";

        var (lines, whole) = await AskAsync(delta);

        Assert.Equal(Head + "\"hi\"},\"done\":false" + logprobs, lines[0]);
        Assert.EndsWith(logprobs, whole, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choices_OtherThanTheFirst_AreNotMixedIntoIt()
    {
        var (lines, whole) = await AskAsync(new Delta { Text = "first" }, new Delta { Text = "second", Choice = 1 });

        Assert.Equal(2, lines.Length);
        Assert.StartsWith(Head + "\"first\"},\"done\":true,", whole, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SkippedChunks_AreTold()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.CompleteAsync(new Completed { FinishReason = "stop", SkippedChunks = 2 });
        };
        await using var gateway = await TestGateway.StartAsync(registry);

        Assert.EndsWith(",\"skipped_chunks\":2}\n", await gateway.AnswerAsync("/api/chat", Body(stream: true)), StringComparison.Ordinal);
        Assert.EndsWith(",\"skipped_chunks\":2}", await gateway.AnswerAsync("/api/chat", Body(stream: false)), StringComparison.Ordinal);
    }

    private static Delta Call(int index, string id, string name, string arguments) =>
        new() { ToolCall = new ToolCallDelta { Index = index, Id = id, Name = name, Arguments = arguments } };

    private static string Body(bool stream) =>
        $$"""{"model":"chat","prompt":"hi","messages":[{"role":"user","content":"hi"}],"stream":{{(stream ? "true" : "false")}}}""";

    private static async Task AnswerAsync(FakeCall call, Delta[] deltas)
    {
        await call.AcceptAsync();
        foreach (var delta in deltas)
        {
            await call.SendAsync(new Deltas { Items = { delta } });
        }

        await call.CompleteAsync();
    }

    private static Task<(string[] Lines, string Whole)> AskAsync(params Delta[] deltas) => AskAsync("/api/chat", deltas);

    private static async Task<(string[] Lines, string Whole)> AskAsync(string path, params Delta[] deltas)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = call => AnswerAsync(call, deltas);
        await using var gateway = await TestGateway.StartAsync(registry);
        var stream = await gateway.AnswerAsync(path, Body(stream: true));
        Assert.EndsWith("}\n", stream, StringComparison.Ordinal);
        return (stream.TrimEnd('\n').Split('\n'), await gateway.AnswerAsync(path, Body(stream: false)));
    }
}
