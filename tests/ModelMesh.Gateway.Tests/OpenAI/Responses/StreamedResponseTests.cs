using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Tests.OpenAI.Responses;

/// <summary>The events of a streamed answer, to the byte.</summary>
public sealed class StreamedResponseTests
{
    private const string Echo =
        "\"model\":\"chat\",\"instructions\":null,\"max_output_tokens\":null,\"parallel_tool_calls\":true,\"previous_response_id\":null,\"reasoning\":{\"effort\":null,\"summary\":null},"
        + "\"background\":false,\"store\":false,\"temperature\":null,\"text\":{\"format\":{\"type\":\"text\"}},\"tool_choice\":\"auto\",\"tools\":[],\"top_logprobs\":0,\"top_p\":null,"
        + "\"truncation\":\"disabled\",\"metadata\":{}}";

    private const string Started = "{\"id\":\"resp_r1\",\"object\":\"response\",\"created_at\":1,\"status\":\"in_progress\",\"error\":null,\"incomplete_details\":null,\"output\":[],\"usage\":null," + Echo;

    private const string Usage =
        "{\"input_tokens\":3,\"input_tokens_details\":{\"cached_tokens\":0,\"cache_write_tokens\":0},\"output_tokens\":2,\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":5}";

    private static readonly Completed Stopped = new() { FinishReason = "stop", Usage = new Usage { InputTokens = 3, OutputTokens = 2, TotalTokens = 5 } };

    [Fact]
    public async Task Text_IsToldInTheApisOrder()
    {
        await using var gateway = await ResponsesGateway.StartAsync(Stopped, new Delta { Text = "Say \"hi\"" }, new Delta(), new Delta { Text = "\n😀" });

        var message = "{\"id\":\"msg_r1_0\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\",\"content\":[" + Part("Say \\\"hi\\\"\\n\\uD83D\\uDE00") + "]}";
        Assert.Equal(
            Event("response.created", $"\"response\":{Started}", 0)
            + Event("response.in_progress", $"\"response\":{Started}", 1)
            + Event("response.output_item.added", "\"output_index\":0,\"item\":{\"id\":\"msg_r1_0\",\"type\":\"message\",\"status\":\"in_progress\",\"role\":\"assistant\",\"content\":[]}", 2)
            + Event("response.content_part.added", $"{At("msg", 0)},\"content_index\":0,\"part\":{Part("")}", 3)
            + Event("response.output_text.delta", $"{At("msg", 0)},\"content_index\":0,\"delta\":\"Say \\\"hi\\\"\",\"logprobs\":[]", 4)
            + Event("response.output_text.delta", $"{At("msg", 0)},\"content_index\":0,\"delta\":\"\\n😀\",\"logprobs\":[]", 5)
            + Event("response.output_text.done", $"{At("msg", 0)},\"content_index\":0,\"text\":\"Say \\\"hi\\\"\\n\\uD83D\\uDE00\",\"logprobs\":[]", 6)
            + Event("response.content_part.done", $"{At("msg", 0)},\"content_index\":0,\"part\":{Part("Say \\\"hi\\\"\\n\\uD83D\\uDE00")}", 7)
            + Event("response.output_item.done", $"\"output_index\":0,\"item\":{message}", 8)
            + Event("response.completed", $"\"response\":{Ended("completed", "null", message)}", 9),
            await gateway.AnswerAsync(ResponsesGateway.Streamed));
    }

    [Fact]
    public async Task ReasoningThenRefusalAfterText_AreItemsAndPartsOfTheirOwn()
    {
        await using var gateway = await ResponsesGateway.StartAsync(Stopped, new Delta { Reasoning = "hm" }, new Delta { Text = "I" }, new Delta { Refusal = "No." });

        Assert.Equal(
            [
                "response.output_item.added|\"output_index\":0,\"item\":{\"id\":\"rs_r1_0\",\"type\":\"reasoning\",\"status\":\"in_progress\",\"summary\":[],\"content\":[]}",
                $"response.content_part.added|{At("rs", 0)},\"content_index\":0,\"part\":{{\"type\":\"reasoning_text\",\"text\":\"\"}}",
                $"response.reasoning_text.delta|{At("rs", 0)},\"content_index\":0,\"delta\":\"hm\"",
                $"response.reasoning_text.done|{At("rs", 0)},\"content_index\":0,\"text\":\"hm\"",
                $"response.content_part.done|{At("rs", 0)},\"content_index\":0,\"part\":{{\"type\":\"reasoning_text\",\"text\":\"hm\"}}",
                "response.output_item.done|\"output_index\":0,\"item\":{\"id\":\"rs_r1_0\",\"type\":\"reasoning\",\"status\":\"completed\",\"summary\":[],\"content\":[{\"type\":\"reasoning_text\",\"text\":\"hm\"}]}",
                "response.output_item.added|\"output_index\":1,\"item\":{\"id\":\"msg_r1_1\",\"type\":\"message\",\"status\":\"in_progress\",\"role\":\"assistant\",\"content\":[]}",
                $"response.content_part.added|{At("msg", 1)},\"content_index\":0,\"part\":{Part("")}",
                $"response.output_text.delta|{At("msg", 1)},\"content_index\":0,\"delta\":\"I\",\"logprobs\":[]",
                $"response.output_text.done|{At("msg", 1)},\"content_index\":0,\"text\":\"I\",\"logprobs\":[]",
                $"response.content_part.done|{At("msg", 1)},\"content_index\":0,\"part\":{Part("I")}",
                $"response.content_part.added|{At("msg", 1)},\"content_index\":1,\"part\":{{\"type\":\"refusal\",\"refusal\":\"\"}}",
                $"response.refusal.delta|{At("msg", 1)},\"content_index\":1,\"delta\":\"No.\"",
                $"response.refusal.done|{At("msg", 1)},\"content_index\":1,\"refusal\":\"No.\"",
                $"response.content_part.done|{At("msg", 1)},\"content_index\":1,\"part\":{{\"type\":\"refusal\",\"refusal\":\"No.\"}}",
                $"response.output_item.done|\"output_index\":1,\"item\":{{\"id\":\"msg_r1_1\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\",\"content\":[{Part("I")},{{\"type\":\"refusal\",\"refusal\":\"No.\"}}]}}",
            ],
            Between(await gateway.AnswerAsync(ResponsesGateway.Streamed)));
    }

    [Fact]
    public async Task Reasoning_OfWhichASummaryIsWanted_IsToldAsOne()
    {
        await using var gateway = await ResponsesGateway.StartAsync(Stopped, new Delta { Reasoning = "h" }, new Delta { Reasoning = "m" });

        Assert.Equal(
            [
                "response.output_item.added|\"output_index\":0,\"item\":{\"id\":\"rs_r1_0\",\"type\":\"reasoning\",\"status\":\"in_progress\",\"summary\":[],\"content\":[]}",
                $"response.reasoning_summary_part.added|{At("rs", 0)},\"summary_index\":0,\"part\":{{\"type\":\"summary_text\",\"text\":\"\"}}",
                $"response.reasoning_summary_text.delta|{At("rs", 0)},\"summary_index\":0,\"delta\":\"h\"",
                $"response.reasoning_summary_text.delta|{At("rs", 0)},\"summary_index\":0,\"delta\":\"m\"",
                $"response.reasoning_summary_text.done|{At("rs", 0)},\"summary_index\":0,\"text\":\"hm\"",
                $"response.reasoning_summary_part.done|{At("rs", 0)},\"summary_index\":0,\"part\":{{\"type\":\"summary_text\",\"text\":\"hm\"}}",
                "response.output_item.done|\"output_index\":0,\"item\":{\"id\":\"rs_r1_0\",\"type\":\"reasoning\",\"status\":\"completed\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"hm\"}],\"content\":[]}",
            ],
            Between(await gateway.AnswerAsync("""{"model":"chat","input":"hi","stream":true,"reasoning":{"summary":"auto"}}""")));
    }

    [Fact]
    public async Task ParallelCalls_WhosePiecesComeInTurns_StayApart()
    {
        await using var gateway = await ResponsesGateway.StartAsync(
            new Completed { FinishReason = "tool_calls" },
            new Delta { Text = "so" },
            Call(0, "a", "f"),
            Call(1, "", "g", "{"),
            Call(0, "", "", "[1"),
            Call(1, "", "", "}"),
            Call(0, "", "", "]"));

        Assert.Equal(
            [
                "response.output_item.done|\"output_index\":0,\"item\":{\"id\":\"msg_r1_0\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\",\"content\":[" + Part("so") + "]}",
                $"response.output_item.added|\"output_index\":1,\"item\":{Called(1, "in_progress", "a", "f", "")}",
                $"response.output_item.added|\"output_index\":2,\"item\":{Called(2, "in_progress", "call_r1_2", "g", "")}",
                $"response.function_call_arguments.delta|{At("fc", 2)},\"delta\":\"{{\"",
                $"response.function_call_arguments.delta|{At("fc", 1)},\"delta\":\"[1\"",
                $"response.function_call_arguments.delta|{At("fc", 2)},\"delta\":\"}}\"",
                $"response.function_call_arguments.delta|{At("fc", 1)},\"delta\":\"]\"",
                $"response.function_call_arguments.done|{At("fc", 1)},\"name\":\"f\",\"arguments\":\"[1]\"",
                $"response.output_item.done|\"output_index\":1,\"item\":{Called(1, "completed", "a", "f", "[1]")}",
                $"response.function_call_arguments.done|{At("fc", 2)},\"name\":\"g\",\"arguments\":\"{{}}\"",
                $"response.output_item.done|\"output_index\":2,\"item\":{Called(2, "completed", "call_r1_2", "g", "{}")}",
            ],
            Between(await gateway.AnswerAsync(ResponsesGateway.Streamed)).Skip(5));
    }

    [Fact]
    public async Task ThoughtsAndWordsThatComeInTurns_AreNewItemsEachTime()
    {
        await using var gateway = await ResponsesGateway.StartAsync(Stopped, new Delta { Reasoning = "a", Text = "b" }, new Delta { Reasoning = "c" }, Call(0, "x", "f", "{}"), new Delta { Text = "d" });

        Assert.Equal(["rs_r1_0", "msg_r1_1", "rs_r1_2", "fc_r1_3", "msg_r1_4"], Between(await gateway.AnswerAsync(ResponsesGateway.Streamed))
            .Where(line => line.StartsWith("response.output_item.added", StringComparison.Ordinal)).Select(line => line.Split('"')[7]));
    }

    [Fact]
    public async Task Logprobs_AreInTheDeltaAndInWhatIsDone()
    {
        var token = new TokenLogprob { Token = "a", Logprob = -0.5, Bytes = Google.Protobuf.ByteString.CopyFrom(97), Top = { new TokenLogprob { Token = "b", Logprob = double.NegativeInfinity } } };
        await using var gateway = await ResponsesGateway.StartAsync(Stopped, new Delta { Text = "a", Logprobs = { token } }, new Delta { Reasoning = "x", Logprobs = { token } });
        const string Told =
            "\"logprobs\":[{\"token\":\"a\",\"logprob\":-0.5,\"bytes\":[97],\"top_logprobs\":[{\"token\":\"b\",\"logprob\":-1.7976931348623157E+308,\"bytes\":[]}]}]";

        var events = Between(await gateway.AnswerAsync(ResponsesGateway.Streamed));

        Assert.Equal($"response.output_text.delta|{At("msg", 0)},\"content_index\":0,\"delta\":\"a\",{Told}", events[2]);
        Assert.Equal($"response.output_text.done|{At("msg", 0)},\"content_index\":0,\"text\":\"a\",{Told}", events[3]);
        Assert.Equal($"response.content_part.done|{At("msg", 0)},\"content_index\":0,\"part\":{{\"type\":\"output_text\",\"annotations\":[],{Told},\"text\":\"a\"}}", events[4]);
        Assert.Equal(3, events.Count(line => line.Contains(Told, StringComparison.Ordinal)) - 1);
    }

    // Backends that speak OpenAI's API say it of every token, and a registry sends it after what is no text.
    [Fact]
    public async Task Logprobs_OfThoughtsAndCalls_AreNoItemsOfTheirOwn()
    {
        var logprobs = new Delta { Logprobs = { new TokenLogprob { Token = "t", Logprob = -1 } } };
        await using var gateway = await ResponsesGateway.StartAsync(
            Stopped,
            new Delta { Reasoning = "h" },
            logprobs,
            new Delta { Reasoning = "m" },
            logprobs,
            Call(0, "a", "f", "{"),
            logprobs,
            Call(0, "", "", "}"),
            logprobs);

        Assert.Equal(["rs_r1_0", "fc_r1_1"], Between(await gateway.AnswerAsync(ResponsesGateway.Streamed))
            .Where(line => line.StartsWith("response.output_item.added", StringComparison.Ordinal)).Select(line => line.Split('"')[7]));
    }

    [Fact]
    public async Task Logprobs_OfATokenThatIsNoCharacterYet_AreOfTheText()
    {
        var half = new Delta { Logprobs = { new TokenLogprob { Token = "t", Logprob = -1 } } };
        await using var gateway = await ResponsesGateway.StartAsync(Stopped, half, new Delta { Text = "é" }, half);

        var answer = await gateway.AnswerAsync(ResponsesGateway.Streamed);

        Assert.Equal(2, Between(answer).Count(line => line.Contains("\"delta\":\"\",\"logprobs\":[{\"token\":\"t\"", StringComparison.Ordinal)));
        Assert.Single(Between(answer), line => line.StartsWith("response.output_item.added", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("length", "response.incomplete", "incomplete", "{\"reason\":\"max_output_tokens\"}")]
    [InlineData("content_filter", "response.incomplete", "incomplete", "{\"reason\":\"content_filter\"}")]
    [InlineData("tool_calls", "response.completed", "completed", "null")]
    [InlineData("whatever", "response.completed", "completed", "null")]
    public async Task FinishReason_DecidesTheLastEvent_AndTheStateOfTheLastItem(string reason, string type, string status, string details)
    {
        await using var gateway = await ResponsesGateway.StartAsync(new Completed { FinishReason = reason, Usage = Stopped.Usage }, new Delta { Reasoning = "r" }, new Delta { Text = "t" });

        var answer = await gateway.AnswerAsync(ResponsesGateway.Streamed);

        var reasoning = "{\"id\":\"rs_r1_0\",\"type\":\"reasoning\",\"status\":\"completed\",\"summary\":[],\"content\":[{\"type\":\"reasoning_text\",\"text\":\"r\"}]}";
        var message = $"{{\"id\":\"msg_r1_1\",\"type\":\"message\",\"status\":\"{status}\",\"role\":\"assistant\",\"content\":[{Part("t")}]}}";
        Assert.EndsWith(
            Event("response.output_item.done", $"\"output_index\":1,\"item\":{message}", 13) + Event(type, $"\"response\":{Ended(status, details, $"{reasoning},{message}")}", 14),
            answer,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmptyAnswer_IsCompleteWithoutItems()
    {
        await using var gateway = await ResponsesGateway.StartAsync(Stopped);

        Assert.Equal(
            Event("response.created", $"\"response\":{Started}", 0) + Event("response.in_progress", $"\"response\":{Started}", 1) + Event("response.completed", $"\"response\":{Ended("completed", "null", "")}", 2),
            await gateway.AnswerAsync(ResponsesGateway.Streamed));
    }

    [Fact]
    public async Task Answers_BesidesTheFirst_AreNotMixedIntoIt()
    {
        await using var gateway = await ResponsesGateway.StartAsync(Stopped, new Delta { Text = "one" }, new Delta { Text = "two", Choice = 1 });

        Assert.DoesNotContain("two", await gateway.AnswerAsync(ResponsesGateway.Streamed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_IsAnEventStream()
    {
        await using var gateway = await ResponsesGateway.StartAsync();

        using var response = await gateway.SendAsync(ResponsesGateway.Streamed);

        Assert.Equal("text/event-stream; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("registry-1", response.Headers.GetValues("x-modelmesh-instance").Single());
    }

    private static Delta Call(int index, string id, string name, string arguments = "") =>
        new() { ToolCall = new ToolCallDelta { Index = index, Id = id, Name = name, Arguments = arguments } };

    private static string Event(string type, string fields, int number) => $"event: {type}\ndata: {{\"type\":\"{type}\",{fields},\"sequence_number\":{number}}}\n\n";

    private static string At(string prefix, int index) => $"\"item_id\":\"{prefix}_r1_{index}\",\"output_index\":{index}";

    private static string Part(string text) => $"{{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":\"{text}\"}}";

    private static string Called(int index, string status, string callId, string name, string arguments) =>
        $"{{\"id\":\"fc_r1_{index}\",\"type\":\"function_call\",\"status\":\"{status}\",\"call_id\":\"{callId}\",\"name\":\"{name}\",\"arguments\":\"{arguments}\"}}";

    private static string Ended(string status, string details, string items) =>
        $"{{\"id\":\"resp_r1\",\"object\":\"response\",\"created_at\":1,\"status\":\"{status}\",\"error\":null,\"incomplete_details\":{details},\"output\":[{items}],\"usage\":{Usage},{Echo}";

    // The events between in_progress and the last one as type|fields; checks that each is named twice and numbered.
    private static List<string> Between(string answer)
    {
        var events = answer.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        return [.. events.Select((text, number) =>
        {
            var type = text["event: ".Length..text.IndexOf('\n', StringComparison.Ordinal)];
            var (head, tail) = ($"event: {type}\ndata: {{\"type\":\"{type}\",", $",\"sequence_number\":{number}}}");
            Assert.StartsWith(head, text, StringComparison.Ordinal);
            Assert.EndsWith(tail, text, StringComparison.Ordinal);
            return $"{type}|{text[head.Length..^tail.Length]}";
        }).Skip(2).SkipLast(1)];
    }
}
