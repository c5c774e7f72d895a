using System.Text;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Ollama;
using ModelMesh.Gateway.Ollama.Body;

namespace ModelMesh.Gateway.Tests.Ollama;

public sealed class ChatBodyTests
{
    // What a file of each kind begins with.
    public static readonly TheoryData<string, string> Images = new()
    {
        { Convert.ToBase64String([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 1]), "image/png" },
        { Convert.ToBase64String([0xFF, 0xD8, 0xFF, 0xE0]), "image/jpeg" },
        { Convert.ToBase64String("GIF89a.."u8), "image/gif" },
        { Convert.ToBase64String("RIFF0000WEBPVP8 "u8), "image/webp" },
        { Convert.ToBase64String("BM...."u8), "image/bmp" },
    };

    [Fact]
    public void Parse_EveryOption_BecomesTheMeshsOwn()
    {
        var parsed = Parse("""
            {"model":"m:latest","messages":[{"role":"user","content":"hi"}],"stream":false,"think":"high","logprobs":true,"top_logprobs":2,"format":{"type":"object"},
             "options":{"temperature":0.5,"top_p":0.25,"top_k":4,"seed":7,"num_predict":9,"presence_penalty":1,"frequency_penalty":-1,"stop":["a","b"]}}
            """);

        Assert.False(parsed.Stream);
        Assert.Null(parsed.OnlyLoads);
        Assert.Equal("m:latest", parsed.Chat.Model);
        Assert.True(parsed.Chat is { IsReference: true, Lenient: true, DefaultTag: ":latest" });
        Assert.Equal(
            new SamplingOptions
            {
                Temperature = 0.5, TopP = 0.25, TopK = 4, Seed = 7, MaxTokens = 9, PresencePenalty = 1, FrequencyPenalty = -1, Stop = { "a", "b" },
                ReasoningEffort = "high", Logprobs = true, TopLogprobs = 2,
            },
            parsed.Chat.Options);
        Assert.Equal(new ResponseFormat { Type = "json_schema", Name = "response", SchemaJson = """{"type":"object"}""" }, parsed.Chat.ResponseFormat);
    }

    [Fact]
    public void Parse_NothingButAModel_StreamsAndAsksForNothing()
    {
        var parsed = Parse("""{"model":"m","options":null,"format":"","tools":null,"keep_alive":null,"think":null}""");

        Assert.True(parsed.Stream);
        Assert.Equal("load", parsed.OnlyLoads);
        Assert.Equal(new SamplingOptions(), parsed.Chat.Options);
        Assert.Null(parsed.Chat.ResponseFormat);
    }

    [Theory]
    [InlineData("true", "medium")]
    [InlineData("false", "none")]
    [InlineData("\"low\"", "low")]
    [InlineData("\"max\"", "xhigh")]
    public void Think_IsTheEffort_AndForOllamaItself(string think, string effort)
    {
        var chat = Parse($$"""{"model":"m","think":{{think}}}""").Chat;

        Assert.Equal(effort, chat.Options.ReasoningEffort);
        Assert.Equal("", chat.NativeOptions!.Value.ReasoningEffort);
        Assert.Equal($$"""{"think":{{think}}}""", chat.NativeOptions.Value.ExtraJson);
    }

    [Fact]
    public void FieldsOfTheBackend_GoToOllamaAsTheyWere_AndToOthersAtTheTop_WithoutThoseOfTheRunner()
    {
        var chat = Parse("""
            {"model":"m","keep_alive":"5m","truncate":true,"shift":false,"new_field":{"a":[1.50]},"options":{"num_ctx":8192,"repeat_penalty":1.10,"num_predict":-1,"seed":-1,"stop":"x"}}
            """).Chat;

        Assert.Equal("ollama", chat.NativeOptions!.BackendType);
        Assert.Equal(
            """{"keep_alive":"5m","truncate":true,"shift":false,"new_field":{"a":[1.50]},"options":{"num_ctx":8192,"repeat_penalty":1.10,"num_predict":-1}}""",
            chat.NativeOptions.Value.ExtraJson);
        Assert.Equal(-1, chat.NativeOptions.Value.Seed);
        Assert.Equal("""{"repeat_penalty":1.10,"new_field":{"a":[1.50]}}""", chat.Options.ExtraJson);
        Assert.False(chat.Options.HasSeed);
        Assert.False(chat.Options.HasMaxTokens);
        Assert.Equal(["x"], chat.Options.Stop);
    }

    [Fact]
    public void Messages_OfEveryRole_AreRead()
    {
        var messages = Parse("""
            {"model":"m","messages":[
              {"role":"system","content":"be brief","priority":1},
              {"role":"assistant","thinking":"hm","content":"","tool_calls":[{"function":{"name":"add","arguments":{"a":1.50}}},{"id":"mine","type":"function","function":{"name":"mul"}}]},
              {"role":"tool","content":"2"},
              {"role":"tool","content":"3","tool_name":"mul"}]}
            """).Chat.Messages;

        Assert.Equal("""{"priority":1}""", messages[0].ExtraJson);
        Assert.Equal("hm", messages[1].Reasoning);
        Assert.Equal(["call_0 add {\"a\":1.50}", "mine mul {}"], messages[1].ToolCalls.Select(call => $"{call.Id} {call.Name} {call.Arguments}"));
        Assert.Equal(["call_0", "mine"], messages.Skip(2).Select(message => message.ToolCallId));
    }

    [Fact]
    public void ToolMessages_WithoutNames_AnswerTheCallsInTheirOrder_AcrossRounds()
    {
        const string calls = """{"role":"assistant","content":"","tool_calls":[{"function":{"name":"a","arguments":{}}},{"function":{"name":"b","arguments":{}}}]}""";
        const string result = """{"role":"tool","content":"x"}""";
        var messages = Parse($$"""{"model":"m","messages":[{{calls}},{{result}},{{result}},{{calls}},{"role":"tool","content":"x","tool_name":"b"},{{result}}]}""").Chat.Messages;

        Assert.Equal(messages[0].ToolCalls.Select(call => call.Id), messages.Skip(1).Take(2).Select(message => message.ToolCallId));
        Assert.Equal(messages[3].ToolCalls.Select(call => call.Id).Reverse(), messages.Skip(4).Select(message => message.ToolCallId));
        Assert.Equal(4, messages.SelectMany(message => message.ToolCalls).Select(call => call.Id).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void Image_IsOfTheTypeThatItsBytesSay(string base64, string type)
    {
        var message = Parse($$"""{"model":"m","messages":[{"role":"user","content":"see","images":["{{base64}}"]}]}""").Chat.Messages[0];

        Assert.Equal("", message.Content);
        Assert.Equal("see", message.Parts[0].Text);
        Assert.Equal(type, message.Parts[1].ImageData.MediaType);
        Assert.Equal(Convert.FromBase64String(base64), message.Parts[1].ImageData.Data.ToByteArray());
    }

    [Fact]
    public void Parse_ABodyOfFaults_ListsEachByItsPath()
    {
        var faults = Faults("""
            {"stream":"yes","think":"very","format":"xml","keep_alive":[],"truncate":1,"tools":[{"function":{}}],"top_logprobs":2,
             "messages":[1,{"content":1},{"role":"user","images":["?","AAAA",2]},{"role":"system","content":"","images":["Qk0uLi4="]},
                {"role":"assistant","tool_calls":[{"function":{"name":"","arguments":"{}"}},2]},{"role":"tool","tool_call_id":"no"},{"role":"tool","content":"","tool_name":"other"}],
             "options":{"temperature":3,"top_p":"x","top_k":-1,"num_predict":-3,"seed":0.5,"stop":[""],"nested":{"a":"\ud800"}}}
            """);

        Assert.Equal(
            [
                "messages[0]", "messages[1].role", "messages[1].content", "messages[2].images[0]", "messages[2].images[1]", "messages[2].images[2]", "messages[3].images",
                "messages[4].tool_calls[0].function.name", "messages[4].tool_calls[0].function.arguments", "messages[4].tool_calls[1]", "messages[5]", "messages[6]",
                "tools[0].function.name", "stream", "format", "think", "options.temperature", "options.top_p", "options.top_k", "options.seed", "options.num_predict",
                "options.stop", "options.nested.a", "top_logprobs", "keep_alive", "truncate",
            ],
            faults.Select(fault => fault.Field));
    }

    [Theory]
    [InlineData("{\"model\":\"m\",\"options\":{\"min_p\":1,\"min_p\":2}}", "options.min_p")]
    [InlineData("{\"model\":\"m\",\"x\":1,\"x\":2}", "x")]
    [InlineData("{\"model\":\"m\",\"messages\":{}}", "messages")]
    [InlineData("{\"model\":\"m\",\"options\":[]}", "options")]
    [InlineData("{\"model\":7}", "model")]
    public void Parse_OneFault_NamesTheField(string body, string field) => Assert.Equal(field, Assert.Single(Faults(body)).Field);

    private static OllamaRequest Parse(string body) => ChatBody.Parse(Encoding.UTF8.GetBytes(body));

    private static IReadOnlyList<ErrorDetail> Faults(string body) => Assert.Throws<MeshException>(() => Parse(body)).Details;
}
