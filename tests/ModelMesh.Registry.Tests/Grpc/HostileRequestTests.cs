using Google.Protobuf;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Grpc;
using Xunit;
using WireMessage = ModelMesh.Contracts.V1.ChatMessage;

namespace ModelMesh.Registry.Tests.Grpc;

/// <summary>What a caller may send and the libraries that take it throw at.</summary>
public sealed class HostileRequestTests
{
    [Theory]
    [InlineData("image/")]
    [InlineData("image/png gif")]
    [InlineData("image/\n")]
    [InlineData("image/png/gif")]
    public void ToRequest_AnImageOfNoMediaType_IsAFaultOfItsUrl(string mediaType) => Assert.Equal("messages[0].content[0].image_url.url", FaultOf(request =>
        request.Messages[0].Parts.Add(new ContentPart { ImageData = new ImageData { Data = ByteString.CopyFrom(1), MediaType = mediaType } })));

    [Fact]
    public void ToRequest_AToolChoiceOfBlanks_IsAFault() =>
        Assert.Equal("tool_choice", FaultOf(request => request.ToolChoice = new ToolChoice { Mode = "function", Function = " " }));

    [Theory]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"a":{"\ud800":1}}""")]
    [InlineData("""{"a":["\udc00"]}""")]
    public void ToRequest_AnExtraFieldWithHalfACharacter_IsAFaultOfExtra(string json) =>
        Assert.Equal("extra", FaultOf(request => request.Options = new SamplingOptions { ExtraJson = json }));

    [Theory]
    [InlineData("""{"properties":{"\ud800":{}}}""")]
    [InlineData("""{"description":"\ud800"}""")]
    public void ToRequest_AToolsSchemaWithHalfACharacter_IsAFaultOfIt(string json) =>
        Assert.Equal("tools[0].function.parameters", FaultOf(request => request.Tools.Add(new Tool { Name = "f", ParametersJson = json })));

    [Theory]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"a":"\ud800"}""")]
    public void ToRequest_ACallWhoseArgumentsHoldHalfACharacter_KeepsThem(string arguments)
    {
        var request = Request();
        request.Messages.Add(new WireMessage { Role = "assistant", ToolCalls = { new ToolCall { Id = "c1", Name = "f", Arguments = arguments } } });
        var call = Assert.IsType<FunctionCallContent>(Assert.Single(RequestMapping.ToRequest(request).Messages[1].Contents));
        Assert.Equal(arguments, ToolArguments.TextOf(call));
    }

    private static string FaultOf(Action<InferRequest> change)
    {
        var request = Request();
        change(request);
        return Assert.Single(Assert.Throws<MeshException>(() => RequestMapping.ToRequest(request)).Details).Field;
    }

    private static InferRequest Request() => new() { Model = "m", Version = "v1", Messages = { new WireMessage { Role = "user", Content = "a" } } };
}
