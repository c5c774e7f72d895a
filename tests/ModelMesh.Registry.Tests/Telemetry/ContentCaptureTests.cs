using System.Text.Json;
using ModelMesh.Registry.Content;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Secrets;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Tests.Inference;
using Xunit;

namespace ModelMesh.Registry.Tests.Telemetry;

[Collection(SpanRecorder.Collection)]
public sealed class ContentCaptureTests
{
    private const string Question = "what-nobody-else-asks";

    [Fact]
    public async Task Infer_ByDefault_PutsNeitherPromptNorAnswerOnTheSpan()
    {
        using var spans = new SpanRecorder();
        await RunAsync(spans);

        Assert.DoesNotContain(Question, spans.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("messages", spans.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_CaptureSwitchedOn_PutsPromptsAndAnswerOnTheSpanOfTheRequestAlone()
    {
        using var spans = new SpanRecorder();
        await RunAsync(spans, ("Telemetry:CaptureContent", "true"));

        var span = spans.Single("infer captured");
        Assert.Equal($$"""[{"role":"user","parts":[{"type":"text","content":"{{Question}} again"}]}]""", span.GetTagItem("gen_ai.input.messages"));
        Assert.Equal($$"""[{"role":"assistant","parts":[{"type":"text","content":"{{Question}} again"}],"finish_reason":"stop"}]""", span.GetTagItem("gen_ai.output.messages"));
        Assert.Null(spans.Single("call mock").GetTagItem("gen_ai.input.messages"));
    }

    [Fact]
    public async Task Infer_CaptureSwitchedOnWithALength_CutsBoth()
    {
        using var spans = new SpanRecorder();
        await RunAsync(spans, ("Telemetry:CaptureContent", "true"), ("Telemetry:MaxContentLength", "4"));

        var span = spans.Single("infer captured");
        Assert.Equal("""[{"role":"user","parts":[{"type":"text","content":"what…"}]}]""", span.GetTagItem("gen_ai.input.messages"));
        Assert.Equal("""[{"role":"assistant","parts":[{"type":"text","content":"what…"}],"finish_reason":"stop"}]""", span.GetTagItem("gen_ai.output.messages"));
    }

    [Fact]
    public async Task Infer_ThatBreaksOffAsItIsCaptured_SaysSoWithWhatThereWas()
    {
        using var spans = new SpanRecorder();
        await RunAsync(spans, """{"text":"one two three","fail_after_tokens":2}""", ("Telemetry:CaptureContent", "true"));

        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"text","content":"one two"}],"finish_reason":"error"}]""", spans.Single("infer captured").GetTagItem("gen_ai.output.messages"));
    }

    [Fact]
    public void Texts_WithASecret_LoseItBeforeTheyAreCut()
    {
        var secrets = new KnownSecrets();
        secrets.Remember("a-key-that-must-not-be-seen");
        var budget = new TextBudget(secrets, characters: 10);

        Assert.Equal("call ***", budget.Take("call a-key-that-must-not-be-seen"));
        Assert.True(budget.IsUsedUp);
        Assert.Equal("…", budget.Take("more"));
    }

    [Fact]
    public void Answer_OfSeveralChoicesWithThoughtsAndTools_IsOneMessageEach()
    {
        using var span = new System.Diagnostics.Activity("infer");
        var answer = new CapturedAnswer(span, new KnownSecrets(), longest: 1000);
        answer.Add([new AnswerPiece("a"), new AnswerPiece("", new AnswerExtras { Choice = 1, Reasoning = "hm" })]);
        answer.Add([new AnswerPiece("b"), Tool("c1", "look", "{\"x\""), Tool(null, null, ":1}")]);
        answer.End(new Completion("stop", 1, 2, 3) { FinishReasons = ["stop", "tool_calls"] });

        using var json = JsonDocument.Parse((string)span.GetTagItem("gen_ai.output.messages")!);
        Assert.Equal(
            ["""[{"type":"text","content":"ab"}] stop""", """[{"type":"reasoning","content":"hm"},{"type":"tool_call","id":"c1","name":"look","arguments":"{\"x\":1}"}] tool_calls"""],
            json.RootElement.EnumerateArray().Select(message => $"{message.GetProperty("parts").GetRawText()} {message.GetProperty("finish_reason").GetString()}"));

        static AnswerPiece Tool(string? id, string? name, string arguments) =>
            new("", new AnswerExtras { Choice = 1, ToolCall = new Backends.Sdk.ToolCallPiece(0) { CallId = id, Name = name, Arguments = arguments } });
    }

    private static Task RunAsync(SpanRecorder spans, params (string Key, string Value)[] settings) => RunAsync(spans, "{}", settings);

    private static async Task RunAsync(SpanRecorder spans, string backend, params (string Key, string Value)[] settings)
    {
        await using var registry = await TestRegistry.StartAsync(settings);
        registry.Put(TestModel.Mock(backend, name: "captured"));
        using var call = spans.Infer(registry.Client, SpanRecorder.Request("captured", $"{Question} again"));
        await call.Ended;
        await Eventually.HoldsAsync(() => spans.Spans.Count == 2, "both have ended");
    }
}
