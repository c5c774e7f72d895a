using System.Text;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Anthropic;
using ModelMesh.Gateway.Anthropic.Request;

namespace ModelMesh.Gateway.Tests.Anthropic;

public sealed class MessagesBodyTests
{
    private const string Tool = """{"name":"f","description":"does f","input_schema":{"type":"object"}}""";

    public static TheoryData<string, string> Bad => new()
    {
        { """{"model":7,"max_tokens":1,"messages":[{"role":"user","content":"a"}]}""", "model" },
        { """{"model":"m","messages":[{"role":"user","content":"a"}]}""", "max_tokens" },
        { """{"model":7,"max_tokens":0,"messages":[]}""", "model | max_tokens | messages" },
        { """{"model":"m","max_tokens":1}""", "messages" },
        { With(""" "temperature":1.5,"top_p":2,"top_k":-1,"stop_sequences":"x","stream":"yes" """), "temperature | top_p | top_k | stop_sequences | stream" },
        { With(""" "stop_sequences":["a",""] """), "stop_sequences" },
        { With(""" "system":7 """), "system" },
        { With(""" "system":[{"type":"image"}] """), "system[0].type" },
        { With(""" "system":[{"type":"text"}] """), "system[0].text" },
        { Messages("7"), "messages[0]" },
        { Messages("""{"content":"a"}"""), "messages[0].role" },
        { Messages("""{"role":"tool","content":"a"}"""), "messages[0].role" },
        { Messages("""{"role":"user"}"""), "messages[0].content" },
        { Messages("""{"role":"user","content":7}"""), "messages[0].content" },
        { Messages("""{"role":"user","content":"\ud800"}"""), "messages[0].content" },
        { Messages("""{"role":"user","content":[]}"""), "messages[0].content" },
        { Messages("""{"role":"user","content":["a",{"text":"a"}]}"""), "messages[0].content[0] | messages[0].content[1].type" },
        { Messages("""{"role":"user","content":[{"type":"document","source":{}}]}"""), "messages[0].content[0].type" },
        { Messages("""{"role":"user","content":[{"type":"search_result"},{"type":"tool_use"}]}"""), "messages[0].content[0].type | messages[0].content[1].type" },
        { Messages("""{"role":"user","content":[{"type":"image"}]}"""), "messages[0].content[0].source" },
        { Messages("""{"role":"user","content":[{"type":"image","source":{"type":"file","file_id":"f"}}]}"""), "messages[0].content[0].source.type" },
        { Messages("""{"role":"user","content":[{"type":"image","source":{"type":"url","url":"ftp://x/y"}}]}"""), "messages[0].content[0].source.url" },
        {
            Messages("""{"role":"user","content":[{"type":"image","transformations":[1],"source":{"type":"base64","media_type":"text/plain","data":"###"}}]}"""),
            "messages[0].content[0].transformations | messages[0].content[0].source.media_type | messages[0].content[0].source.data"
        },
        { Messages("""{"role":"user","content":[{"type":"tool_result"}]}"""), "messages[0].content[0].tool_use_id" },
        { Messages("""{"role":"user","content":[{"type":"tool_result","tool_use_id":"c","content":[{"type":"image"}]}]}"""), "messages[0].content[0].content[0].type" },
        { Messages("""{"role":"user","content":[{"type":"tool_result","tool_use_id":"c","content":{}}]}"""), "messages[0].content[0].content" },
        { Messages("""{"role":"assistant","content":[{"type":"tool_use"}]}"""), "messages[0].content[0].input | messages[0].content[0].id | messages[0].content[0].name" },
        { Messages("""{"role":"assistant","content":[{"type":"tool_use","id":"c","name":"f","input":"{}"}]}"""), "messages[0].content[0].input" },
        { Messages("""{"role":"assistant","content":[{"type":"tool_use","id":"c","name":"f","input":{"a":["\ud800"]}}]}"""), "messages[0].content[0].input.a[0]" },
        { Messages("""{"role":"assistant","content":[{"type":"server_tool_use"},{"type":"image"},{"type":"thinking"}]}"""), "messages[0].content[0].type | messages[0].content[1].type | messages[0].content[2].thinking" },
        { Messages("""{"role":"system","content":[{"type":"image"}]}"""), "messages[0].content[0].type" },
        { With(""" "tools":{} """), "tools" },
        { With(""" "tools":[7,{"name":""}] """), "tools[0] | tools[1].name | tools[1].input_schema" },
        { With($$""" "tools":[{{Tool}},{{Tool}}] """), "tools[1].name" },
        { With(""" "tools":[{"type":"web_search_20250305","name":"web_search"}] """), "tools[0].type" },
        { With(""" "tool_choice":"auto" """), "tool_choice" },
        { With(""" "tool_choice":{"type":"sometimes"} """), "tool_choice.type" },
        { With(""" "tool_choice":{"type":"any"} """), "tool_choice.type" },
        { With($$$""" "tools":[{{{Tool}}}],"tool_choice":{"type":"tool","name":"g"} """), "tool_choice.name" },
        { With(""" "thinking":{"type":"enabled"} """), "thinking.budget_tokens" },
        { With(""" "thinking":{"type":"enabled","budget_tokens":1000,"display":"loud"} """), "thinking.budget_tokens | thinking.display" },
        { With(""" "thinking":{"type":"between_tools"} """), "thinking.type" },
        { With(""" "output_config":{"effort":"huge","format":{"type":"xml"}} """), "output_config.effort | output_config.format.type | output_config.format.schema" },
        { With(""" "output_format":{"type":"json_schema","schema":{"a":1,"a":2}} """), "output_format.schema.a" },
        { With(""" "metadata":{"user_id":7} """), "metadata.user_id" },
        { With(""" "container":"c","mcp_servers":[{"url":"u"}],"inference_geo":"eu","n":2 """), "container | mcp_servers | inference_geo | n" },
        { With(""" "context_management":{"edits":[{"type":"clear_tool_uses_20250919"}]} """), "context_management" },
        { With(""" "context_management":{"edits":[{"type":7,"keep":"all"}]} """), "context_management" },
        { With(""" "vendor":{"a":1,"a":2} """), "vendor.a" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Parse_BadBody_NamesEveryFaultByItsPath(string body, string fields)
    {
        var exception = Assert.Throws<MeshException>(() => Parse(body));

        Assert.Equal(ErrorCode.InvalidRequest, exception.Code);
        Assert.Equal(fields, string.Join(" | ", exception.Details.Select(detail => detail.Field)));
    }

    [Fact]
    public void Parse_ARefusedBlock_SaysItsTypeAndWhatThereIs()
    {
        var exception = Assert.Throws<MeshException>(() => Parse(Messages("""{"role":"user","content":[{"type":"document"}]}""")));

        Assert.Equal("messages[0].content[0].type: 'document' is not supported here, only text, image and tool_result", exception.Message);
    }

    [Fact]
    public void Parse_SystemAndMessages_BecomeOneConversation()
    {
        var request = Parse("""
            {"model":"m@v2:a","max_tokens":7,"system":[{"type":"text","text":"be brief","cache_control":{"type":"ephemeral"}}],"messages":[
                {"role":"user","content":[{"type":"text","text":"2+2?"}]},
                {"role":"user","content":"please"},
                {"role":"system","content":"in words"},
                {"role":"assistant","content":"It is "}]}
            """).Request;

        Assert.Equal(["system:be brief", "user:2+2?", "user:please", "system:in words", "assistant:It is "], request.Messages.Select(message => $"{message.Role}:{message.Content}"));
        Assert.Equal(("m@v2:a", true, true, 7), (request.Model, request.IsReference, request.Lenient, request.Options.MaxTokens));
    }

    [Fact]
    public void Parse_SeveralTextsAndImages_AreParts()
    {
        var message = Parse(Messages("""
            {"role":"user","content":[{"type":"text","text":"a"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AQID"}},
                {"type":"image","source":{"type":"url","url":"https://example.org/b.png"}}]}
            """)).Request.Messages[0];

        Assert.Equal("a", message.Parts[0].Text);
        Assert.Equal(("image/png", "AQID"), (message.Parts[1].ImageData.MediaType, message.Parts[1].ImageData.Data.ToBase64()));
        Assert.Equal("https://example.org/b.png", message.Parts[2].ImageUrl.Url);
    }

    [Fact]
    public void Parse_ToolResults_AreMessagesOfTheirOwn_BeforeWhatTheUserSays()
    {
        var messages = Parse(Messages("""
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":"4"},{"type":"text","text":"so?"},
                {"type":"tool_result","tool_use_id":"c2","content":[{"type":"text","text":"no"},{"type":"text","text":"way"}],"is_error":true},{"type":"tool_result","tool_use_id":"c3"}]}
            """)).Request.Messages;

        Assert.Equal(["tool:c1:4", "tool:c2:Error: no\nway", "tool:c3:", "user::so?"], messages.Select(message => $"{message.Role}:{message.ToolCallId}:{message.Content}"));
    }

    [Fact]
    public void Parse_AnAssistantsBlocks_AreOneMessage()
    {
        var message = Assert.Single(Parse(Messages("""
            {"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"s"},{"type":"redacted_thinking","data":"x"},{"type":"text","text":"wait"},
                {"type":"tool_use","id":"c1","name":"f","input":{"a":1.50}},{"type":"tool_use","id":"c2","name":"g","input":{}}]}
            """)).Request.Messages);

        Assert.Equal(("assistant", "wait", "hm"), (message.Role, message.Content, message.Reasoning));
        Assert.Equal([new ToolCall { Id = "c1", Name = "f", Arguments = """{"a":1.50}""" }, new ToolCall { Id = "c2", Name = "g", Arguments = "{}" }], message.ToolCalls);
    }

    [Fact]
    public void Parse_Tools_KeepNameDescriptionSchemaAndStrict()
    {
        var request = Parse(With($$$""" "tools":[{{{Tool}}},{"type":"custom","name":"g","input_schema":{},"strict":true,"cache_control":{"type":"ephemeral"}}] """)).Request;

        Assert.Equal(
            [new Tool { Name = "f", Description = "does f", ParametersJson = """{"type":"object"}""" }, new Tool { Name = "g", ParametersJson = "{}", Strict = true }],
            request.Tools);
    }

    [Theory]
    [InlineData("""{"type":"auto"}""", "auto", "", null)]
    [InlineData("""{"type":"none"}""", "none", "", null)]
    [InlineData("""{"type":"any","disable_parallel_tool_use":false}""", "required", "", null)]
    [InlineData("""{"type":"tool","name":"f","disable_parallel_tool_use":true}""", "function", "f", false)]
    public void Parse_ToolChoice_IsTheMeshsOwn(string choice, string mode, string function, bool? parallel)
    {
        var request = Parse(With($$""" "tools":[{{Tool}}],"tool_choice":{{choice}} """)).Request;

        Assert.Equal(new ToolChoice { Mode = mode, Function = function }, request.ToolChoice);
        Assert.Equal(parallel, request.ParallelToolCalls);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("none")]
    public void Parse_ToolChoiceWithoutTools_IsNothingToAskFor(string type)
    {
        var request = Parse(With($$""" "tool_choice":{"type":"{{type}}","disable_parallel_tool_use":true} """)).Request;

        Assert.Equal((null, null), (request.ToolChoice, request.ParallelToolCalls));
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData(""" "thinking":{"type":"disabled"},"output_config":{"effort":"high"} """, "none", true)]
    [InlineData(""" "thinking":{"type":"adaptive","display":"summarized"} """, "", true)]
    [InlineData(""" "thinking":{"type":"adaptive","display":"omitted"},"output_config":{"effort":"max"} """, "xhigh", false)]
    [InlineData(""" "thinking":{"type":"enabled","budget_tokens":1024} """, "low", true)]
    [InlineData(""" "thinking":{"type":"enabled","budget_tokens":4096} """, "medium", true)]
    [InlineData(""" "thinking":{"type":"enabled","budget_tokens":16384} """, "high", true)]
    [InlineData(""" "thinking":{"type":"enabled","budget_tokens":16384},"output_config":{"effort":"low"} """, "low", true)]
    public void Parse_Thinking_IsAnEffort(string fields, string effort, bool isShown)
    {
        var exchange = Parse(With(fields));

        Assert.Equal((effort, isShown), (exchange.Request.Options.ReasoningEffort, exchange.ShowsThinking));
    }

    [Theory]
    [InlineData(""" "output_config":{"format":{"type":"json_schema","schema":{"type":"object"}}} """)]
    [InlineData(""" "output_format":{"type":"json_schema","schema":{"type":"object"}} """)]
    public void Parse_AFormat_IsAStrictSchema(string field)
    {
        var request = Parse(With(field)).Request;

        Assert.Equal(new ResponseFormat { Type = "json_schema", Name = "output", SchemaJson = """{"type":"object"}""", Strict = true }, request.ResponseFormat);
        Assert.Equal("", request.Options.ExtraJson);
    }

    [Fact]
    public void Parse_UnknownFields_GoOnAsTheyAre_KnownOnesDoNot()
    {
        var request = Parse("""
            {"model":"m","max_tokens":1,"messages":[{"role":"user","content":"a","priority":1.0}],"vendor":{"k":[1.50]},"absent":null,"stream":true,
             "metadata":{"user_id":"u-1"},"service_tier":"auto","cache_control":{"type":"ephemeral"},"container":null,"mcp_servers":[],
             "context_management":{"edits":[{"type":"clear_thinking_20251015","keep":"all"}]},"speed":"fast","stop_sequences":["x"],"temperature":0.5,"top_p":0.9,"top_k":3}
            """).Request;

        Assert.Equal("""{"vendor":{"k":[1.50]}}""", request.Options.ExtraJson);
        Assert.Equal("""{"priority":1.0}""", request.Messages[0].ExtraJson);
        Assert.Equal("u-1", request.HashKey);
        Assert.Equal(["x"], request.Options.Stop);
        Assert.Equal((0.5, 0.9, 3), (request.Options.Temperature, request.Options.TopP, request.Options.TopK));
    }

    [Theory]
    [InlineData("stop", "stop_sequences")]
    [InlineData("response_format", "output_format")]
    [InlineData("parallel_tool_calls", "tool_choice.disable_parallel_tool_use")]
    [InlineData("tool_choice", "tool_choice")]
    [InlineData("tools[1].function.parameters.type", "tools[1].input_schema.type")]
    [InlineData("temperature", "temperature")]
    [InlineData("messages[0].content[0]", "system[0]")]
    [InlineData("messages[1].role", "messages[0].content[1]")]
    [InlineData("messages[2].content[1].image_url.url", "messages[0].content[2]")]
    [InlineData("messages[3].tool_calls", "messages[1]")]
    [InlineData("messages[4].tool_calls", "messages[4].tool_calls")]
    [InlineData("messages[x", "messages[x")]
    public void NameOf_ARegistrysField_IsTheClients(string field, string name)
    {
        var exchange = Parse("""
            {"model":"m","max_tokens":1,"system":[{"type":"text","text":"a"},{"type":"text","text":"b"}],"output_format":{"type":"json_schema","schema":{}},"messages":[
                {"role":"user","content":[{"type":"text","text":"a"},{"type":"tool_result","tool_use_id":"c"},{"type":"image","source":{"type":"url","url":"http://a/b"}}]},
                {"role":"assistant","content":[{"type":"tool_use","id":"c","name":"f","input":{}}]}]}
            """);

        Assert.Equal(name, exchange.Fields.NameOf(field));
    }

    private static string With(string fields) => MessagesClient.Body(string.IsNullOrWhiteSpace(fields) ? "" : $",{fields}");

    private static string Messages(string message) => $$"""{"model":"m","max_tokens":1,"messages":[{{message}}]}""";

    private static MessagesExchange Parse(string body) => MessagesBody.Parse(Encoding.UTF8.GetBytes(body));
}
