using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ModelMesh.Cli.Tests.Fakes;

namespace ModelMesh.Cli.Tests.Answers;

public sealed class InferTests : CliTest
{
    private const string Stream = "POST /v1/stream_infer";
    private const string Done = """done {"finish_reason":"stop","usage":{"input_tokens":2,"output_tokens":2,"total_tokens":4},"model":"chat","version":"v1","revision":1}""";

    [Fact]
    public async Task Infer_OfAText_PrintsTheAnswerAndNothingElse()
    {
        Gateway.OnEvents(Stream, """token {"token":"hello"}""", """token {"token":" world"}""", Done);

        Assert.Equal(0, await RunAsync("infer", "chat@v1", "hi", "there", "--system", "Be brief.", "--max-tokens", "5", "--field", "seed=7", "--field", "extra.top_a=0.5"));
        Assert.Equal("hello world\n", Terminal.Output);
        Assert.Empty(Terminal.Errors);
        var sent = Assert.Single(Gateway.Seen).Body;
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse("""{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"hi there"}],"model":"chat@v1","max_tokens":5,"seed":7,"extra":{"top_a":0.5}}"""),
                JsonNode.Parse(sent)),
            sent);
    }

    [Fact]
    public async Task Infer_WithoutAText_SendsTheStandardInput()
    {
        Gateway.OnEvents(Stream, """token {"token":"ok\n"}""", Done);
        Terminal.In = new StringReader("two\nlines\n");

        Assert.Equal(0, await RunAsync("infer", "", "--stats"));
        Assert.Equal("""{"messages":[{"role":"user","content":"two\nlines"}]}""", Assert.Single(Gateway.Seen).Body);
        Assert.Equal("ok\n", Terminal.Output);
        Assert.StartsWith("chat@v1 · first token ", Terminal.Errors, StringComparison.Ordinal);
        Assert.Contains("2 tokens", Terminal.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MESH_API_KEY", null)]
    [InlineData(null, "--api-key")]
    public async Task Infer_WithAKey_ShowsItToTheGateway(string? variable, string? option)
    {
        Gateway.OnEvents(Stream, Done);
        if (variable is not null)
        {
            Variables[variable] = "secret";
        }

        Assert.Equal(0, await RunAsync(option is null ? ["infer", "chat", "hi"] : ["infer", "chat", "hi", option, "secret"]));
        Assert.Equal("Bearer secret", Assert.Single(Gateway.Seen).Authorization);
    }

    [Fact]
    public async Task Infer_OfAnAnswerThatIsCut_PrintsWhatCameAndEndsWith1()
    {
        Gateway.OnEvents(Stream, """token {"token":"half an"}""");

        Assert.Equal(1, await RunAsync("infer", "chat", "hi"));
        Assert.Equal("half an\n", Terminal.Output);
        Assert.Contains("The answer is not complete", Terminal.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_OfAConnectionThatBreaks_IsCutToo()
    {
        Gateway.On(Stream, async context =>
        {
            await FakeService.WriteEventsAsync(context, """token {"token":"half"}""");
            await Eventually.HoldsAsync(() => Terminal.Output.Length > 0, "the first token arrived");
            context.Abort();
        });

        Assert.Equal(1, await RunAsync("infer", "chat", "hi"));
        Assert.Contains("The answer is not complete", Terminal.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_OfAnAnswerThatFails_SaysWhy()
    {
        Gateway.OnEvents(Stream, """token {"token":"half"}""", """error {"error":{"code":"backend_error","message":"It broke.","type":"backend_error"}}""");

        Assert.Equal(1, await RunAsync("infer", "chat", "hi"));
        Assert.Equal("error: It broke. (backend_error)\n", Terminal.Errors);
    }

    [Fact]
    public async Task Infer_ThatIsRefusedForALimit_SaysWhenToTryAgain()
    {
        Gateway.On(Stream, """{"error":{"code":"capacity_exceeded","message":"It is full.","type":"limit_error","retry_after_ms":1500}}""", 429);

        Assert.Equal(1, await RunAsync("infer", "chat", "hi"));
        Assert.Equal("error: It is full. (capacity_exceeded, 429)\n  retry after 1.5 s\n", Terminal.Errors);
    }

    [Fact]
    public async Task Infer_OfReasoningAndToolCalls_PrintsThemBesideTheAnswer()
    {
        Gateway.OnEvents(Stream, """token {"token":"","reasoning":"Hm."}""", """token {"token":"Yes."}""", """token {"token":"","tool_calls":[{"index":0}]}""", Done);

        Assert.Equal(0, await RunAsync("infer", "chat", "hi"));
        Assert.Equal("Yes.\n", Terminal.Output);
        Assert.Equal("Hm.\n[{\"index\":0}]\n", Terminal.Errors);
    }

    [Fact]
    public async Task Infer_AtATerminal_KeepsTheAnswersControlCharactersFromIt()
    {
        Gateway.OnEvents(Stream, """token {"token":"a\u001b[2Jb\tc\u009bd"}""", Done);
        Terminal = TestTerminal.Interactive();

        Assert.Equal(0, await RunAsync("infer", "chat", "hi"));
        Assert.Equal("a[2Jb\tcd\n", Terminal.Output);
    }

    [Fact]
    public async Task Infer_AsJson_IsTheWholeAnswer()
    {
        Gateway.On("POST /v1/infer", """{"text":"hello","tokens":1}""");

        Assert.Equal(0, await RunAsync("infer", "chat", "hi", "--json"));
        Assert.Equal("""{"text":"hello","tokens":1}""" + "\n", Terminal.Output);
    }

    [Fact]
    public async Task Infer_AsJson_ThatIsCut_IsAnErrorAndPrintsNothing()
    {
        // The server closes the connection of an answer that is shorter than it said.
        Gateway.On("POST /v1/infer", context =>
        {
            context.Response.ContentLength = 100;
            return context.Response.WriteAsync("{\"text\":");
        });

        Assert.Equal(1, await RunAsync("infer", "chat", "hi", "--json"));
        Assert.Contains("\"cut_stream\"", Terminal.Errors, StringComparison.Ordinal);
        Assert.Empty(Terminal.Output);
    }

    [Theory]
    [InlineData("infer", "chat", "hi", "--json", "--stream")]
    [InlineData("chat", "chat", "hi", "--json")]
    public async Task Stream_AsJson_IsALineForEachEvent(params string[] arguments)
    {
        Gateway.OnEvents(Stream, """token {"token":"hello"}""", """done {"finish_reason":"stop"}""");

        Assert.Equal(0, await RunAsync(arguments));
        Assert.Equal("{\"token\":\"hello\"}\n{\"finish_reason\":\"stop\"}\n", Terminal.Output);
    }

    [Fact]
    public async Task Chat_WithItsQuestionFromElsewhere_AnswersItAndSaysHowFast()
    {
        Gateway.OnEvents(Stream, """token {"token":"hello"}""", Done);
        Terminal.In = new StringReader("hi\n");

        Assert.Equal(0, await RunAsync("chat", "chat"));
        Assert.Equal("hello\n", Terminal.Output);
        Assert.Contains("first token", Terminal.Errors, StringComparison.Ordinal);
    }
}
