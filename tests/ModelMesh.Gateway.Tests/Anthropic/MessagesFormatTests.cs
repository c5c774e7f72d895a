using System.Text.Json;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Anthropic.Answer;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Tests.Fakes;
using static ModelMesh.Gateway.Tests.Anthropic.Events;
using static ModelMesh.Gateway.Tests.Anthropic.MessagesClient;

namespace ModelMesh.Gateway.Tests.Anthropic;

public sealed class MessagesFormatTests
{
    private const string TextBlock = """{"type":"text","text":""}""";
    private const string ThinkingBlock = """{"type":"thinking","thinking":"","signature":""}""";

    [Fact]
    public void Text_InTwoPieces_IsOneBlockOfThem()
    {
        Assert.Equal(
            [
                Start,
                BlockStart(0, TextBlock),
                BlockDelta(0, """{"type":"text_delta","text":"Hello"}"""),
                BlockDelta(0, """{"type":"text_delta","text":" \"w\" 😀\n"}"""),
                BlockStop(0),
                End("end_turn"),
                Stop,
            ],
            Of(Completed(), new Delta { Text = "Hello" }, new Delta { Text = " \"w\" 😀\n" }));
    }

    [Fact]
    public void Thinking_ThenText_AreTwoBlocks_TheFirstWithASignature()
    {
        Assert.Equal(
            [
                Start,
                BlockStart(0, ThinkingBlock),
                BlockDelta(0, """{"type":"thinking_delta","thinking":"hm"}"""),
                BlockDelta(0, """{"type":"signature_delta","signature":""}"""),
                BlockStop(0),
                BlockStart(1, TextBlock),
                BlockDelta(1, """{"type":"text_delta","text":"4"}"""),
                BlockStop(1),
                End("end_turn"),
                Stop,
            ],
            Of(Completed(), new Delta { Reasoning = "hm" }, new Delta { Text = "4" }));
    }

    [Fact]
    public void Thinking_ThatTheClientDoesNotWantToSee_IsLeftOut()
    {
        var events = Of(format =>
        {
            format.Delta(new Delta { Reasoning = "hm" });
            format.Delta(new Delta { Text = "4" });
        }, showsThinking: false);

        Assert.Equal([Start, BlockStart(0, TextBlock), BlockDelta(0, """{"type":"text_delta","text":"4"}""")], events);
    }

    [Fact]
    public void Calls_OneAfterTheOther_GoOutAsTheyCome()
    {
        Assert.Equal(
            [
                Start,
                BlockStart(0, """{"type":"tool_use","id":"c0","name":"f","input":{},"caller":{"type":"direct"}}"""),
                BlockDelta(0, """{"type":"input_json_delta","partial_json":"{\"a\":"}"""),
                BlockDelta(0, """{"type":"input_json_delta","partial_json":"\"}\"}"}"""),
                BlockStop(0),
                BlockStart(1, """{"type":"tool_use","id":"c1","name":"g","input":{},"caller":{"type":"direct"}}"""),
                BlockDelta(1, """{"type":"input_json_delta","partial_json":"{}"}"""),
                BlockStop(1),
                End("tool_use"),
                Stop,
            ],
            Of(Completed("tool_calls"), Call(0, "c0", "f", ""), More(0, "{\"a\":"), More(0, "\"}\"}"), Call(1, "c1", "g", ""), More(1, "{}")));
    }

    [Fact]
    public void Calls_InTurns_AreBlocksOneAfterTheOther_EachWhole()
    {
        Assert.Equal(
            [
                Start,
                BlockStart(0, """{"type":"tool_use","id":"c0","name":"f","input":{},"caller":{"type":"direct"}}"""),
                BlockDelta(0, """{"type":"input_json_delta","partial_json":"{\"a\""}"""),
                BlockDelta(0, """{"type":"input_json_delta","partial_json":":1}"}"""),
                BlockStop(0),
                BlockStart(1, """{"type":"tool_use","id":"c1","name":"g","input":{},"caller":{"type":"direct"}}"""),
                BlockDelta(1, """{"type":"input_json_delta","partial_json":"{\"b\":2"}"""),
                BlockDelta(1, """{"type":"input_json_delta","partial_json":"}"}"""),
                BlockStop(1),
                BlockStart(2, """{"type":"tool_use","id":"c2","name":"h","input":{},"caller":{"type":"direct"}}"""),
                BlockStop(2),
                End("tool_use"),
                Stop,
            ],
            Of(Completed("tool_calls"), Call(0, "c0", "f", "{\"a\""), Call(1, "c1", "g", "{\"b\""), Call(2, "c2", "h", ""), More(1, ":2"), More(0, ":1}"), More(1, "}")));
    }

    [Fact]
    public void Text_AmidACall_WaitsForItsEnd()
    {
        Assert.Equal(
            [
                Start,
                BlockStart(0, """{"type":"tool_use","id":"c0","name":"f","input":{},"caller":{"type":"direct"}}"""),
                BlockDelta(0, """{"type":"input_json_delta","partial_json":"{"}"""),
                BlockDelta(0, """{"type":"input_json_delta","partial_json":"}"}"""),
                BlockStop(0),
                BlockStart(1, TextBlock),
                BlockDelta(1, """{"type":"text_delta","text":"so it is"}"""),
                BlockStop(1),
                End("tool_use"),
                Stop,
            ],
            Of(Completed(), Call(0, "c0", "f", "{"), new Delta { Text = "so " }, new Delta { Text = "it is" }, More(0, "}")));
    }

    [Fact]
    public void Call_WithoutIdOrArguments_GetsAnIdAndAnEmptyObject()
    {
        Assert.Equal(
            [Start, BlockStart(0, """{"type":"tool_use","id":"toolu_r-1_0","name":"f","input":{},"caller":{"type":"direct"}}"""), BlockStop(0), End("tool_use"), Stop],
            Of(Completed("tool_calls"), Call(0, "", "f", ""), More(0, " \n")));
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{\"a\":")]
    [InlineData("{a:1}")]
    [InlineData("null")]
    [InlineData("{\"half\":\"\\ud800\"}")]
    public void Call_WhoseArgumentsAreNoObject_IsAnError(string arguments)
    {
        var error = Fails(Completed("tool_calls"), Call(0, "c0", "f", arguments));

        Assert.Equal((ErrorCode.BackendError, "The model called the tool 'f' with arguments that are no JSON object."), (error.Code, error.Message));
    }

    [Fact]
    public void Call_ThatGoesOnAfterAnotherBegan_IsAnError()
    {
        Assert.Equal(ErrorCode.BackendError, Fails(null, Call(0, "c0", "f", "{}"), Call(1, "c1", "g", ""), More(0, "{}")).Code);
    }

    [Fact]
    public void Call_FollowedByWhiteSpaceAfterAnotherBegan_IsNone()
    {
        Assert.Equal(3 + 2, Of(null, Call(0, "c0", "f", "{}"), Call(1, "c1", "g", ""), More(0, "\n")).Count);
    }

    [Fact]
    public void Call_WithoutAName_IsAnError() => Assert.Equal(ErrorCode.BackendError, Fails(null, More(0, "{}")).Code);

    [Fact]
    public void Calls_LongerThanCanBeKept_AreAnError()
    {
        var long1 = new string('x', 8 * 1024 * 1024);

        Assert.Equal(ErrorCode.BackendError, Fails(null, Call(0, "c0", "f", "{\"a\":\""), Call(1, "c1", "g", long1), More(1, long1)).Code);
    }

    [Fact]
    public void Calls_LongerAltogetherThanCanBeKept_ButSentOneByOne_AreNone()
    {
        var arguments = $$"""{"a":"{{new string('x', 9 * 1024 * 1024)}}"}""";

        Assert.Equal(1 + (3 * 2) + 2, Of(Completed(), Call(0, "c0", "f", arguments), Call(1, "c1", "g", arguments)).Count);
    }

    [Theory]
    [InlineData("length", "max_tokens")]
    [InlineData("content_filter", "refusal")]
    public void Call_ThatWasCut_EndsAsItIs(string finishReason, string reason)
    {
        Assert.Equal([BlockStop(0), End(reason), Stop], Of(Completed(finishReason), Call(0, "c0", "f", "{\"a\":"))[3..]);
    }

    [Fact]
    public void SkippedChunks_AreToldAtTheEnd()
    {
        Assert.EndsWith(",\"modelmesh\":{\"skipped_chunks\":2}}", Of(new Completed { FinishReason = "stop", SkippedChunks = 2 })[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Refusal_IsText_AndTheReasonSaysSo()
    {
        Assert.Equal(
            [Start, BlockStart(0, TextBlock), BlockDelta(0, """{"type":"text_delta","text":"no"}"""), BlockStop(0), End("refusal"), Stop],
            Of(Completed(), new Delta { Refusal = "no" }));
    }

    [Theory]
    [InlineData("stop", "end_turn")]
    [InlineData("length", "max_tokens")]
    [InlineData("content_filter", "refusal")]
    [InlineData("tool_calls", "tool_use")]
    [InlineData("", "end_turn")]
    [InlineData("pause_turn", "pause_turn")]
    public void NoBlocks_IsAWholeMessageToo(string finishReason, string reason) => Assert.Equal([Start, End(reason), Stop], Of(Completed(finishReason)));

    [Fact]
    public void OtherAnswers_ThatAnUnknownFieldAskedFor_AreLeftOut() => Assert.Equal([Start, End("end_turn"), Stop], Of(Completed(), new Delta { Text = "b", Choice = 1 }));

    [Fact]
    public void Usage_OfACache_IsNotCountedTwice()
    {
        var completed = new Completed { FinishReason = "stop", Usage = new Usage { InputTokens = 10, CachedInputTokens = 8, OutputTokens = 5, ReasoningTokens = 4 } };

        Assert.Equal(
            """event: message_delta data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"input_tokens":2,"cache_creation_input_tokens":0,"cache_read_input_tokens":8,"output_tokens":5,"output_tokens_details":{"thinking_tokens":4}}}""",
            Of(completed)[1]);
    }

    [Fact]
    public void KeepAlive_IsAPing_AfterTheStart() => Assert.Equal([Start, """event: ping data: {"type":"ping"}"""], Of(format => format.KeepAlive()));

    [Fact]
    public void Error_IsAnEvent_AndNothingComesAfterIt()
    {
        var events = Of(format =>
        {
            format.Delta(new Delta { Text = "a" });
            format.Error(new MeshException(ErrorCode.BackendUnavailable, "gone"));
        });

        Assert.Equal("""event: error data: {"type":"error","error":{"type":"overloaded_error","message":"gone"},"request_id":"r-1"}""", events[^1]);
        Assert.DoesNotContain(events, text => text.Contains("message_stop", StringComparison.Ordinal) || text.Contains("message_delta", StringComparison.Ordinal));
    }

    [Fact]
    public void Text_LongerThanABlockOfTheServers_ArrivesWhole()
    {
        var text = string.Concat(Enumerable.Repeat("x😀\n", 10_000));

        var data = Of(null, new Delta { Text = text })[2]["event: content_block_delta data: ".Length..];

        using var json = JsonDocument.Parse(data);
        Assert.Equal(text, json.RootElement.GetProperty("delta").GetProperty("text").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Words_AHundredThousandTimes_AllocateNothing(bool thinking)
    {
        var format = new MessagesFormat(new AnswerOutput(new FixedWriter()), new AnswerContext(new Accepted(), RequestId, DateTimeOffset.UnixEpoch), "chat", showsThinking: true);
        const string Words = "a \"token\" with 模型 😀\n";
        var delta = thinking ? new Delta { Reasoning = Words } : new Delta { Text = Words };

        Allocated.IsNothing(() => format.Delta(delta));
    }
}
