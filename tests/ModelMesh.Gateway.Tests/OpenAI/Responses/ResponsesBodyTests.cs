using System.Text;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.OpenAI.Responses.Body;

namespace ModelMesh.Gateway.Tests.OpenAI.Responses;

public sealed class ResponsesBodyTests
{
    private const string Tool = """{"type":"function","name":"f"}""";

    public static TheoryData<string, string> Bad => new()
    {
        { "", "input" },
        { """ "input":7 """, "input" },
        { """ "input":[] """, "input" },
        { """ "input":"\ud800" """, "input" },
        { """ "input":[7] """, "input[0]" },
        { """ "input":[{"type":7}] """, "input[0].type" },
        { """ "input":[{"type":"web_search_call"}] """, "input[0].type" },
        { """ "input":[{"type":"item_reference","id":"msg_1"}] """, "input[0].type" },
        { """ "input":[{"type":"item_reference"}] """, "input[0].id | input[0].type" },
        { """ "input":[{"content":"a"}] """, "input[0].role" },
        { """ "input":[{"role":"tool","content":"a"}] """, "input[0].role" },
        { """ "input":[{"role":"user"}] """, "input[0].content" },
        { """ "input":[{"role":"user","content":7}] """, "input[0].content" },
        { """ "input":[{"role":"user","content":[7]}] """, "input[0].content[0]" },
        { """ "input":[{"role":"user","content":[{"type":"input_file"}]}] """, "input[0].content[0].type" },
        { """ "input":[{"role":"user","content":[{"type":"input_text"}]}] """, "input[0].content[0].text" },
        { """ "input":[{"role":"user","content":[{"type":"input_image"}]}] """, "input[0].content[0].image_url" },
        { """ "input":[{"role":"user","content":[{"type":"input_image","file_id":"file-1"}]}] """, "input[0].content[0].file_id" },
        { """ "input":[{"role":"user","content":[{"type":"input_image","image_url":"ftp://x/y"}]}] """, "input[0].content[0].image_url" },
        { """ "input":[{"role":"user","content":[{"type":"input_image","image_url":"data:text/plain;base64,YQ=="}]}] """, "input[0].content[0].image_url" },
        { """ "input":[{"role":"assistant","content":[{"type":"input_image","image_url":"http://x/y"}]}] """, "input[0].content[0].type" },
        { """ "input":[{"role":"user","content":"a","else":"\ud800"}] """, "input[0].else" },
        { """ "input":[{"type":"function_call"}] """, "input[0].call_id | input[0].name" },
        { """ "input":[{"type":"function_call_output"}] """, "input[0].call_id | input[0].output" },
        { """ "input":[{"type":"function_call_output","call_id":"c","output":[{"type":"input_image","image_url":"http://x/y"}]}] """, "input[0].output[0].type" },
        { """ "input":[{"type":"reasoning","summary":"a","content":[7]}] """, "input[0].summary | input[0].content[0]" },
        { """ "input":[{"type":"reasoning","content":[{"text":7}]}] """, "input[0].content[0].text" },
        { """ "input":"a","instructions":7 """, "instructions" },
        { """ "input":"a","tools":{} """, "tools" },
        { """ "input":"a","tools":[7,{"type":"web_search"},{"type":"function"}] """, "tools[0] | tools[1].type | tools[2].name" },
        { """ "input":"a","tools":[{"type":"function","name":"f","parameters":"x"}] """, "tools[0].parameters" },
        { """ "input":"a","tools":[{"type":"function","name":"f","parameters":{"a":"\ud800"},"else":"\ud800"}] """, "tools[0].parameters.a | tools[0].else" },
        { $$""" "input":"a","tools":[{{Tool}},{{Tool}}] """, "tools[1].name" },
        { """ "input":"a","tool_choice":"sometimes" """, "tool_choice" },
        { """ "input":"a","tool_choice":"required" """, "tool_choice" },
        { $$""" "input":"a","tools":[{{Tool}}],"tool_choice":{"type":"allowed_tools"} """, "tool_choice.type" },
        { $$""" "input":"a","tools":[{{Tool}}],"tool_choice":{"type":"function","name":"g","x":"\ud800"} """, "tool_choice.name | tool_choice.x" },
        { """ "input":"a","parallel_tool_calls":1 """, "parallel_tool_calls" },
        { """ "input":"a","text":{"format":{"type":"xml"}} """, "text.format.type" },
        { """ "input":"a","text":{"format":{}} """, "text.format.type" },
        { """ "input":"a","text":{"format":{"type":"json_schema"}} """, "text.format.name | text.format.schema" },
        { """ "input":"a","text":{"format":{"type":"text","x":"\ud800"},"verbosity":7} """, "text.verbosity | text.format.x" },
        { """ "input":"a","text":{"verbosity":"low"},"verbosity":"high" """, "verbosity" },
        { """ "input":"a","temperature":3,"top_p":2,"max_output_tokens":0 """, "temperature | top_p | max_output_tokens" },
        { """ "input":"a","include":"all","top_logprobs":21 """, "include | top_logprobs" },
        { """ "input":"a","include":[7] """, "include" },
        { """ "input":"a","reasoning":"high" """, "reasoning" },
        { """ "input":"a","reasoning":{"effort":7,"summary":true} """, "reasoning.summary | reasoning.effort" },
        { """ "input":"a","stream":"yes" """, "stream" },
        { """ "input":"a","stream_options":1 """, "stream_options" },
        { """ "input":"a","metadata":[],"prompt_cache_key":7 """, "prompt_cache_key | metadata" },
        { """ "input":"a","metadata":{"a":"\ud800"} """, "metadata.a" },
        { """ "input":"a","unknown":"\ud800" """, "unknown" },
        { """ "input":"a","truncation":"most","background":true """, "background | truncation" },
        { """ "input":"a","previous_response_id":"resp_1","conversation":{"id":"c"},"prompt":{"id":"p"},"n":2,"messages":[] """, "previous_response_id | conversation | prompt | n | messages" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Parse_ABodyWithFaults_NamesEachOfThemAsTheClientWroteIt(string fields, string faulty)
    {
        var comma = fields.Length == 0 ? "" : ",";
        var error = Assert.Throws<MeshException>(() => Parse($$"""{"model":"chat"{{comma}}{{fields}}}"""));

        Assert.Equal(ErrorCode.InvalidRequest, error.Code);
        Assert.Equal(faulty, string.Join(" | ", error.Details.Select(fault => fault.Field)));
    }

    [Fact]
    public void Parse_InputAsText_IsAUsersMessageAfterTheInstructions()
    {
        var request = Parse("""{"model":"chat:lora@v2","instructions":"be brief","input":"hi 😀"}""");

        Assert.Equal(["system|be brief", "user|hi 😀"], request.Messages.Select(message => $"{message.Role}|{message.Content}"));
        Assert.True(request is { Model: "chat:lora@v2", IsReference: true, Lenient: true });
    }

    [Fact]
    public void Parse_EveryItem_BecomesAMessage_AndWhatAnAssistantDidBecomesOne()
    {
        var request = Parse(
            """
            {"model":"chat","input":[
              {"role":"developer","content":"be brief"},
              {"type":"message","role":"user","content":[{"type":"input_text","text":"weather?"}],"x":1},
              {"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"gAAA","content":[{"type":"reasoning_text","text":"I shall "},{"type":"reasoning_text","text":"ask"}]},
              {"type":"message","id":"msg_1","status":"completed","role":"assistant","content":[{"type":"output_text","text":"Asking.","annotations":[]},{"type":"refusal","refusal":" No more."}]},
              {"type":"function_call","id":"fc_1","call_id":"c1","name":"f","arguments":"{\"a\":1}","status":"completed"},
              {"type":"function_call","call_id":"c2","name":"g","arguments":""},
              {"type":"function_call_output","call_id":"c1","output":"sun"},
              {"type":"function_call_output","call_id":"c2","output":[{"type":"input_text","text":"ra"},{"type":"input_text","text":"in"}]},
              {"type":"reasoning","summary":[{"type":"summary_text","text":"one"},{"type":"summary_text","text":"two"}]},
              {"type":"item_reference","id":"rs_7"},
              {"role":"assistant","content":"Both."},
              {"role":"assistant","content":""},
              {"type":"reasoning","content":[{"type":"reasoning_text","text":"left"}]},
              {"role":"user","content":"thanks"}]}
            """);

        Assert.Equal(
            [
                """{ "role": "system", "content": "be brief" }""",
                """{ "role": "user", "content": "weather?", "extraJson": "{\"x\":1}" }""",
                """{ "role": "assistant", "parts": [ { "text": "Asking." }, { "text": " No more." } ], "toolCalls": [ { "id": "c1", "name": "f", "arguments": "{\"a\":1}" }, { "id": "c2", "name": "g" } ], "reasoning": "I shall ask" }""",
                """{ "role": "tool", "content": "sun", "toolCallId": "c1" }""",
                """{ "role": "tool", "parts": [ { "text": "ra" }, { "text": "in" } ], "toolCallId": "c2" }""",
                """{ "role": "assistant", "content": "Both.", "reasoning": "one\n\ntwo" }""",
                """{ "role": "assistant" }""",
                """{ "role": "user", "content": "thanks" }""",
            ],
            request.Messages.Select(message => message.ToString()));
    }

    [Fact]
    public void Parse_ThoughtsAfterACall_BeginAMessageOfTheirOwn()
    {
        var request = Parse(
            """
            {"model":"chat","input":[{"type":"function_call","call_id":"c1","name":"f"},{"type":"reasoning","content":[{"text":"and"}]},{"type":"function_call","call_id":"c2","name":"g"}]}
            """);

        Assert.Equal(["c1|", "c2|and"], request.Messages.Select(message => $"{message.ToolCalls.Single().Id}|{message.Reasoning}"));
    }

    [Fact]
    public void Parse_Images_ArriveWithTheirDetail()
    {
        var request = Parse(
            """
            {"model":"chat","input":[{"role":"user","content":[{"type":"input_text","text":"what?"},{"type":"input_image","image_url":"data:image/png;base64,AQID","detail":"low"},
            {"type":"input_image","image_url":"https://x/y.png"}]}]}
            """);

        var parts = Assert.Single(request.Messages).Parts;
        Assert.Equal("what?", parts[0].Text);
        Assert.Equal("image/png low 010203", $"{parts[1].ImageData.MediaType} {parts[1].ImageData.Detail} {Convert.ToHexString(parts[1].ImageData.Data.Span)}");
        Assert.Equal("https://x/y.png", parts[2].ImageUrl.Url);
    }

    [Fact]
    public void Parse_Options_ReachTheBackend_AndWhatIsNotKnownIsExtra()
    {
        var request = Parse(
            """
            {"model":"chat","input":"hi","temperature":0.5,"top_p":0.25,"max_output_tokens":7,"include":["reasoning.encrypted_content","message.output_text.logprobs"],"top_logprobs":2,
            "reasoning":{"effort":"low","summary":"auto"},"text":{"format":{"type":"json_schema","name":"n","description":"d","schema":{"type":"object"},"strict":true},"verbosity":"low"},
            "tools":[{"type":"function","name":"f","description":"does","parameters":{"type":"object"},"strict":false}],"tool_choice":{"type":"function","name":"f"},"parallel_tool_calls":false,
            "store":true,"truncation":"auto","background":false,"stream":true,"stream_options":{"include_obfuscation":false},"max_tool_calls":3,"previous_response_id":null,
            "user":"u","prompt_cache_key":"k","safety_identifier":"s","metadata":{"a":"b"},"min_p":0.1}
            """);

        Assert.Equal(
            """{ "temperature": 0.5, "topP": 0.25, "maxTokens": 7, "extraJson": "{\"user\":\"u\",\"prompt_cache_key\":\"k\",\"safety_identifier\":\"s\",\"min_p\":0.1,\"verbosity\":\"low\"}", "logprobs": true, "topLogprobs": 2, "reasoningEffort": "low" }""",
            request.Options.ToString());
        Assert.Equal("""{ "type": "json_schema", "name": "n", "description": "d", "schemaJson": "{\"type\":\"object\"}", "strict": true }""", request.ResponseFormat!.ToString());
        Assert.Equal("""{ "name": "f", "description": "does", "parametersJson": "{\"type\":\"object\"}", "strict": false }""", Assert.Single(request.Tools).ToString());
        Assert.Equal("""{ "mode": "function", "function": "f" }""", request.ToolChoice!.ToString());
        Assert.False(request.ParallelToolCalls);
        Assert.Equal("k", request.HashKey);
    }

    [Theory]
    [InlineData(""" "reasoning":{"effort":"minimal"} """, """{"reasoning_effort":"minimal"}""")]
    [InlineData(""" "text":{"verbosity":"a\"b"} """, """{"verbosity":"a\u0022b"}""")]
    [InlineData(""" "text":{"format":{"type":"text"}} """, "")]
    public void Parse_WhatChatCompletionsCallByAnotherName_IsExtraByThatName(string fields, string extra) =>
        Assert.Equal(extra, Parse($$"""{"model":"chat","input":"hi",{{fields}}}""").Options.ExtraJson);

    [Theory]
    [InlineData(""" "top_logprobs":0 """, false, 0)]
    [InlineData(""" "top_logprobs":3 """, true, 3)]
    [InlineData(""" "include":["message.output_text.logprobs"] """, true, 0)]
    public void Parse_LogProbabilities_AreAskedForInEitherWay(string fields, bool asked, int top)
    {
        var options = Parse($$"""{"model":"chat","input":"hi",{{fields}}}""").Options;

        Assert.Equal((asked, top), (options.Logprobs, options.TopLogprobs));
    }

    [Theory]
    [InlineData(""" "tool_choice":"auto","parallel_tool_calls":true """)]
    [InlineData(""" "tool_choice":"none","tools":[] """)]
    public void Parse_ChoicesWithoutTools_SayNothing(string fields)
    {
        var request = Parse($$"""{"model":"chat","input":"hi",{{fields}}}""");

        Assert.Null(request.ToolChoice);
        Assert.Null(request.ParallelToolCalls);
    }

    private static ChatRequest Parse(string body) => ResponsesBody.Parse(Encoding.UTF8.GetBytes(body), int.MaxValue).Request;
}
