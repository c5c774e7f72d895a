using System.Text.Json;
using Google.Protobuf;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Grpc;
using Xunit;
using WireMessage = ModelMesh.Contracts.V1.ChatMessage;

namespace ModelMesh.Registry.Tests.Grpc;

public sealed class RequestMappingTests
{
    [Fact]
    public void ToRequest_ImagesByUrlAndByData_BecomeContentsWithTheirDetail()
    {
        var contents = Map(new WireMessage
        {
            Role = "user",
            Parts =
            {
                new ContentPart { Text = "what?" },
                new ContentPart { ImageUrl = new ImageUrl { Url = "https://example.org/cat.png", Detail = "low" } },
                new ContentPart { ImageData = new ImageData { Data = ByteString.CopyFrom(1, 2), MediaType = "image/png", Detail = "high" } },
            },
        });

        Assert.Equal("what?", Assert.IsType<TextContent>(contents[0]).Text);
        var url = Assert.IsType<UriContent>(contents[1]);
        Assert.Equal(("https://example.org/cat.png", "low"), (url.Uri.AbsoluteUri, url.AdditionalProperties!["detail"]));
        var data = Assert.IsType<DataContent>(contents[2]);
        Assert.Equal(("image/png", "high"), (data.MediaType, data.AdditionalProperties!["detail"]));
        Assert.Equal([1, 2], data.Data.ToArray());
    }

    [Theory]
    [InlineData("{\"a\":1}", 1)]
    [InlineData("", 0)]
    [InlineData("{\"a\":", null)]
    [InlineData("[1]", null)]
    public void ToRequest_AnAssistantsCall_KeepsItsArgumentsAsTheyWere(string arguments, int? parsed)
    {
        var contents = Map(new WireMessage { Role = "assistant", Reasoning = "hm", ToolCalls = { new ToolCall { Id = "c1", Name = "f", Arguments = arguments } } });

        Assert.Equal("hm", Assert.IsType<TextReasoningContent>(contents[0]).Text);
        var call = Assert.IsType<FunctionCallContent>(contents[1]);
        Assert.Equal(("c1", "f", arguments, parsed), (call.CallId, call.Name, ToolArguments.TextOf(call), call.Arguments?.Count));
    }

    [Fact]
    public void ToRequest_AToolsMessage_IsTheResultOfItsCall()
    {
        var result = Assert.IsType<FunctionResultContent>(Assert.Single(Map(new WireMessage { Role = "tool", ToolCallId = "c1", Content = "3" })));
        Assert.Equal(("c1", "3"), (result.CallId, result.Result));
    }

    [Fact]
    public void ToRequest_EveryOption_IsInTheOptions()
    {
        var options = RequestMapping.ToRequest(new InferRequest
        {
            Model = "m",
            Version = "v1",
            Messages = { new WireMessage { Role = "user", Content = "a" } },
            Tools = { new Tool { Name = "f", Description = "d", ParametersJson = """{"type":"object"}""", Strict = true } },
            ToolChoice = new ToolChoice { Mode = "function", Function = "f" },
            ParallelToolCalls = false,
            ResponseFormat = new ResponseFormat { Type = "json_schema", Name = "n", Description = "d", SchemaJson = """{"type":"array"}""", Strict = true },
            Options = new SamplingOptions { N = 2, Logprobs = true, TopLogprobs = 3, ReasoningEffort = "xhigh", ExtraJson = """{"a":{"b":1}}""" },
        }).Options;

        var tool = Assert.IsType<ToolDeclaration>(Assert.Single(options.Tools!));
        Assert.Equal(("f", "d", """{"type":"object"}""", true), (tool.Name, tool.Description, tool.JsonSchema.GetRawText(), tool.Strict));
        Assert.Equal("f", Assert.IsType<RequiredChatToolMode>(options.ToolMode).RequiredFunctionName);
        Assert.False(options.AllowMultipleToolCalls);
        var format = Assert.IsType<ChatResponseFormatJson>(options.ResponseFormat);
        Assert.Equal(("n", "d", """{"type":"array"}""", true), (format.SchemaName, format.SchemaDescription, format.Schema!.Value.GetRawText(), options.StrictJsonSchema));
        Assert.Equal((2, true, 3, ReasoningEffort.ExtraHigh), (options.Choices, options.LogProbabilities, options.TopLogProbabilities, options.Reasoning!.Effort));
        Assert.Equal("""{"b":1}""", options.AdditionalProperties!["a"]!.ToString());
    }

    [Fact]
    public void ToRequest_ABadRequestOffTheWire_NamesEveryFault()
    {
        var exception = Assert.Throws<MeshException>(() => RequestMapping.ToRequest(new InferRequest
        {
            Model = "m",
            Version = "v1",
            Messages = { new WireMessage { Role = "king" }, new WireMessage { Role = "user", Parts = { new ContentPart { ImageUrl = new ImageUrl { Url = "cat" } } } } },
            Tools = { new Tool { Name = "f", ParametersJson = "[]" } },
            ToolChoice = new ToolChoice { Mode = "function" },
            ResponseFormat = new ResponseFormat { Type = "xml" },
            Options = new SamplingOptions { N = 1000, ReasoningEffort = "huge", ExtraJson = "{" },
        }));

        Assert.Equal(
            ["messages[0].role", "messages[1].content[0].image_url.url", "n", "reasoning_effort", "tools[0].function.parameters", "tool_choice", "response_format.type", "extra"],
            exception.Details.Select(detail => detail.Field));
    }

    [Fact]
    public void ToRequest_AnAdapterLeniencyAndFieldsOfAMessage_GoWhereBackendsLookForThem()
    {
        var wire = new InferRequest
        {
            Model = "m", Version = "v1", Adapter = "poet", Lenient = true,
            Messages = { new WireMessage { Role = "user", Content = "a", ExtraJson = """{"cache_control":{"type":"ephemeral"},"mark":null}""" }, new WireMessage { Role = "user", Content = "b" } },
        };

        var request = RequestMapping.ToRequest(wire);

        Assert.Equal(("poet", true), (request.Options.ModelId, request.Lenient));
        Assert.Equal(["cache_control", "mark"], request.Messages[0].AdditionalProperties!.Keys);
        Assert.Equal("""{"type":"ephemeral"}""", Assert.IsType<JsonElement>(request.Messages[0].AdditionalProperties!["cache_control"]).GetRawText());
        Assert.Null(request.Messages[1].AdditionalProperties);
        Assert.Null(RequestMapping.ToRequest(new InferRequest { Model = "m", Version = "v1", Messages = { new WireMessage { Role = "user", Content = "a" } } }).Options.ModelId);
    }

    [Theory]
    [InlineData("{", "messages[1]")]
    [InlineData("[1]", "messages[1]")]
    [InlineData("""{"a":"\ud800"}""", "messages[1]")]
    [InlineData("""{"a":1,"A":2}""", "messages[1].A")]
    public void ToRequest_BadFieldsOfAMessage_AreAFaultOfThatMessage(string extra, string field)
    {
        var exception = Assert.Throws<MeshException>(() => RequestMapping.ToRequest(new InferRequest
        {
            Model = "m",
            Version = "v1",
            Messages = { new WireMessage { Role = "user", Content = "a" }, new WireMessage { Role = "user", Content = "a", ExtraJson = extra } },
        }));

        Assert.Equal(field, Assert.Single(exception.Details).Field);
    }

    [Fact]
    public void ToRequest_ExtraFieldsThatDifferInCaseOnly_AreRefusedByName()
    {
        var exception = Assert.Throws<MeshException>(() => RequestMapping.ToRequest(new InferRequest
        {
            Model = "m",
            Version = "v1",
            Messages = { new WireMessage { Role = "user", Content = "a" } },
            Options = new SamplingOptions { ExtraJson = """{"N":1,"n":2}""" },
        }));

        Assert.Equal("extra.n", Assert.Single(exception.Details).Field);
    }

    private static IList<AIContent> Map(WireMessage message) =>
        Assert.Single(RequestMapping.ToRequest(new InferRequest { Model = "m", Version = "v1", Messages = { message } }).Messages).Contents;
}
