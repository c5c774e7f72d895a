using System.Text.Json.Nodes;
using ModelMesh.Cli.Tests.Fakes;

namespace ModelMesh.Cli.Tests.Answers;

/// <summary>A conversation, typed key by key.</summary>
public sealed class ChatTests : CliTest
{
    private const string Stream = "POST /v1/stream_infer";
    private const string Done = """done {"finish_reason":"stop","model":"chat","version":"v1"}""";

    public ChatTests() => Terminal = TestTerminal.Interactive();

    [Fact]
    public async Task Conversation_SendsWhatWasSaidBeforeAndEndsAtExit()
    {
        Gateway.OnEvents(Stream, """token {"token":"Hello."}""", Done);
        Terminal.Type("hi\nand you?\n/exit\n");

        Assert.Equal(0, await RunAsync("chat", "chat", "--system", "Be kind."));
        Assert.Equal(
            [
                """[{"role":"system","content":"Be kind."},{"role":"user","content":"hi"}]""",
                """[{"role":"system","content":"Be kind."},{"role":"user","content":"hi"},{"role":"assistant","content":"Hello."},{"role":"user","content":"and you?"}]""",
            ],
            Questions());
        Assert.Contains("Hello.\n", Terminal.Output, StringComparison.Ordinal);
        Assert.Contains("chat@v1 · first token", Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CtrlC_WhileAnAnswerRuns_StopsItAndKeepsWhatCame()
    {
        var first = true;
        Gateway.On(Stream, async context =>
        {
            await FakeService.WriteEventsAsync(context, """token {"token":"half an answer"}""");
            if (first)
            {
                first = false;
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
            }

            await FakeService.WriteEventsAsync(context, Done);
        });
        Terminal.Type("hi\n");

        var running = RunAsync("chat", "chat");
        await Eventually.HoldsAsync(() => Terminal.Output.Contains("half an answer", StringComparison.Ordinal), "the answer began");
        Terminal.Interrupt();
        await Eventually.HoldsAsync(() => Terminal.Output.Contains("stopped", StringComparison.Ordinal), "the answer was stopped");
        Terminal.Type("go on\n/exit\n");

        Assert.Equal(0, await running);
        Assert.Equal("""[{"role":"user","content":"hi"},{"role":"assistant","content":"half an answer"},{"role":"user","content":"go on"}]""", Questions()[1]);
    }

    [Fact]
    public async Task CtrlC_AtThePrompt_TakesTheLineBackAndGoesOn()
    {
        Gateway.OnEvents(Stream, """token {"token":"ok"}""", Done);
        Terminal.Type("never mind");

        var running = RunAsync("chat", "chat");
        await Eventually.HoldsAsync(() => Terminal.Output.Contains("never mind", StringComparison.Ordinal), "the line is there");
        Terminal.Interrupt();
        await Eventually.HoldsAsync(() => Terminal.Output.Contains("^C", StringComparison.Ordinal), "the line was taken back");
        Terminal.Type("hi\n");
        Terminal.Press(ConsoleKey.D, control: true);

        Assert.Equal(0, await running);
        Assert.Equal(["""[{"role":"user","content":"hi"}]"""], Questions());
    }

    [Fact]
    public async Task Answer_ThatFails_LeavesTheConversationAsItWas()
    {
        var first = true;
        Gateway.On(Stream, context =>
        {
            var fails = first;
            first = false;
            return FakeService.WriteEventsAsync(context, fails ? """error {"error":{"code":"backend_error","message":"It broke.","type":"backend_error"}}""" : Done);
        });
        Terminal.Type("hi\nagain\n/exit\n");

        Assert.Equal(0, await RunAsync("chat", "chat"));
        Assert.Contains("It broke. (backend_error)", Terminal.Output, StringComparison.Ordinal);
        Assert.Equal("""[{"role":"user","content":"again"}]""", Questions()[1]);
    }

    [Fact]
    public async Task Words_WithASlash_AreForTheProgramAndTwoSlashesForTheModel()
    {
        Gateway.OnEvents(Stream, """token {"token":"ok"}""", Done);
        Terminal.Type("hi\n/reset\n/system Be brief.\n/model other@v2\n//etc/hosts is what?\n/model\n/nonsense\n/history\n/exit\n");

        Assert.Equal(0, await RunAsync("chat", "chat"));
        Assert.Equal("""[{"role":"system","content":"Be brief."},{"role":"user","content":"/etc/hosts is what?"}]""", Questions()[1]);
        Assert.Equal("other@v2", (string?)JsonNode.Parse(Gateway.Seen.Last().Body)!["model"]);
        Assert.Contains("There is no /nonsense", Terminal.Output, StringComparison.Ordinal);
        Assert.Contains("assistant: ok", Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conversation_WithoutATerminal_IsWrongUsage()
    {
        Terminal.IsOutputRedirected = true;

        Assert.Equal(2, await RunAsync("chat", "chat"));
    }

    private string[] Questions() =>
        [.. Gateway.Seen.Select(seen => JsonNode.Parse(seen.Body)!["messages"]!.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))];
}
