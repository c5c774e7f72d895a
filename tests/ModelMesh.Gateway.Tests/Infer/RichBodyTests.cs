using System.Text;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Infer.Body;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Tests.Infer;

/// <summary>What a request may hold besides text, and what is wrong with it when it is wrong.</summary>
public sealed class RichBodyTests
{
    private const string Tool = """{"type":"function","function":{"name":"f"}}""";

    public static TheoryData<string, string> BadParts => new()
    {
        { """ "messages":[{"role":"user","content":[]}] """, "messages[0].content" },
        { """ "messages":[{"role":"user","content":[7]}] """, "messages[0].content[0]" },
        { """ "messages":[{"role":"user","content":[{"text":"a"}]}] """, "messages[0].content[0].type | messages[0].content[0].text" },
        { """ "messages":[{"role":"user","content":[{"type":"audio"}]}] """, "messages[0].content[0].type" },
        { """ "messages":[{"role":"user","content":[{"type":"text"}]}] """, "messages[0].content[0].text" },
        { """ "messages":[{"role":"user","content":[{"type":"text","text":"a","more":1}]}] """, "messages[0].content[0].more" },
        { """ "messages":[{"role":"user","content":[{"type":"image_url"}]}] """, "messages[0].content[0].image_url" },
        { """ "messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"ftp://x/y"}}]}] """, "messages[0].content[0].image_url.url" },
        { """ "messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,###"}}]}] """, "messages[0].content[0].image_url.url" },
        { """ "messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:text/plain;base64,YQ=="}}]}] """, "messages[0].content[0].image_url.url" },
        { """ "messages":[{"role":"system","content":[{"type":"image_url","image_url":{"url":"http://x/y"}}]}] """, "messages[0].content[0].type" },
        { """ "messages":[{"role":"assistant"}] """, "messages[0].content" },
        { """ "messages":[{"role":"assistant","tool_calls":{}}] """, "messages[0].tool_calls | messages[0].content" },
        { """ "messages":[{"role":"assistant","tool_calls":[{"type":"function"}]}] """, "messages[0].tool_calls[0].id | messages[0].tool_calls[0].function" },
        { """ "messages":[{"role":"assistant","tool_calls":[{"id":"1","type":"code","function":{"name":""}}]}] """, "messages[0].tool_calls[0].type | messages[0].tool_calls[0].function.name" },
        { """ "messages":[{"role":"user","content":"a","tool_calls":[]}] """, "messages[0].tool_calls" },
        { """ "messages":[{"role":"tool","content":"4"}] """, "messages[0].tool_call_id" },
        { """ "input":"a","tools":{} """, "tools" },
        { """ "input":"a","tools":[{"type":"function"}] """, "tools[0].function" },
        { """ "input":"a","tools":[{"type":"function","function":{"name":"f","parameters":"x"}}] """, "tools[0].function.parameters" },
        { $$""" "input":"a","tools":[{{Tool}},{{Tool}}] """, "tools[1].function.name" },
        { """ "input":"a","tool_choice":"sometimes" """, "tool_choice" },
        { """ "input":"a","tool_choice":"required" """, "tool_choice" },
        { $$$""" "input":"a","tools":[{{{Tool}}}],"tool_choice":{"type":"function","function":{"name":"g"}} """, "tool_choice.function.name" },
        { """ "input":"a","parallel_tool_calls":true """, "parallel_tool_calls" },
        { """ "input":"a","response_format":{"type":"xml"} """, "response_format.type" },
        { """ "input":"a","response_format":{"type":"json_schema"} """, "response_format.json_schema" },
        { """ "input":"a","response_format":{"type":"json_schema","json_schema":{"name":"n"}} """, "response_format.json_schema.schema" },
        { """ "input":"a","response_format":{"type":"json_object","json_schema":{}} """, "response_format.json_schema" },
        { """ "input":"a","extra":{"a":{"x":1,"x":2},"b":["\ud800"]} """, "extra.a.x | extra.b[0]" },
        { """ "input":"a","tools":[{"type":"function","function":{"name":"f","parameters":{"a":"\ud800"}}}] """, "tools[0].function.parameters.a" },
        { """ "input":"a","response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"a":1,"a":2}}} """, "response_format.json_schema.schema.a" },
        { """ "input":"a","n":0 """, "n" },
        { """ "input":"a","n":17 """, "n" },
        { """ "input":"a","top_logprobs":2 """, "top_logprobs" },
        { """ "input":"a","logprobs":true,"top_logprobs":21 """, "top_logprobs" },
        { """ "input":"a","reasoning_effort":"huge" """, "reasoning_effort" },
    };

    [Theory]
    [MemberData(nameof(BadParts))]
    public void Parse_BadPart_NamesEveryFaultByItsPath(string part, string fields)
    {
        var exception = Assert.Throws<MeshException>(() => Parse(part));

        Assert.Equal(ErrorCode.InvalidRequest, exception.Code);
        Assert.Equal(fields, string.Join(" | ", exception.Details.Select(detail => detail.Field)));
    }

    [Fact]
    public void Parse_ImagesByUrlAndByData_KeepsAddressBytesTypeAndDetail()
    {
        var request = Parse("""
            "messages":[{"role":"user","content":[
                {"type":"text","text":"what is this?"},
                {"type":"image_url","image_url":{"url":"https://example.org/cat.png","detail":"low"}},
                {"type":"image_url","image_url":{"url":"data:image/png;base64,AQID"}}]}]
            """);

        var parts = request.Messages[0].Parts;
        Assert.Equal("what is this?", parts[0].Text);
        Assert.Equal(new ImageUrl { Url = "https://example.org/cat.png", Detail = "low" }, parts[1].ImageUrl);
        Assert.Equal("image/png", parts[2].ImageData.MediaType);
        Assert.Equal([1, 2, 3], parts[2].ImageData.Data.ToByteArray());
    }

    [Fact]
    public void Parse_AToolRoundTrip_KeepsCallsAndResults()
    {
        var request = Parse("""
            "messages":[
                {"role":"user","content":"add"},
                {"role":"assistant","content":null,"reasoning":"hm","tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"add","arguments":"{\"a\":1"}}]},
                {"role":"tool","tool_call_id":"c1","content":"3"}],
            "tools":[{"type":"function","function":{"name":"add","description":"adds","parameters":{"type":"object"},"strict":true}}],
            "tool_choice":{"type":"function","function":{"name":"add"}},
            "parallel_tool_calls":false
            """).ToInferRequest(new ModelRoute(FakeCatalog.Model(), "", false), "r", CallTraits.None);

        Assert.Equal(new ToolCall { Id = "c1", Name = "add", Arguments = "{\"a\":1" }, Assert.Single(request.Messages[1].ToolCalls));
        Assert.Equal("hm", request.Messages[1].Reasoning);
        Assert.Equal(("c1", "3"), (request.Messages[2].ToolCallId, request.Messages[2].Content));
        Assert.Equal(new Tool { Name = "add", Description = "adds", ParametersJson = """{"type":"object"}""", Strict = true }, Assert.Single(request.Tools));
        Assert.Equal(new ToolChoice { Mode = "function", Function = "add" }, request.ToolChoice);
        Assert.Equal((true, false), (request.HasParallelToolCalls, request.ParallelToolCalls));
    }

    [Fact]
    public void Parse_EveryOption_ArrivesInTheRequest()
    {
        var request = Parse("""
            "input":"a","n":3,"logprobs":true,"top_logprobs":5,"reasoning_effort":"low",
            "response_format":{"type":"json_schema","json_schema":{"name":"answer","description":"d","schema":{"type":"object"},"strict":true}}
            """).ToInferRequest(new ModelRoute(FakeCatalog.Model(), "", false), "r", CallTraits.None);

        Assert.Equal((3, true, 5, "low"), (request.Options.N, request.Options.Logprobs, request.Options.TopLogprobs, request.Options.ReasoningEffort));
        Assert.Equal(
            new ResponseFormat { Type = "json_schema", Name = "answer", Description = "d", SchemaJson = """{"type":"object"}""", Strict = true },
            request.ResponseFormat);
    }

    private static ChatRequest Parse(string part) => InferBody.Parse(Encoding.UTF8.GetBytes($$"""{"model":"m",{{part}}}"""));
}
