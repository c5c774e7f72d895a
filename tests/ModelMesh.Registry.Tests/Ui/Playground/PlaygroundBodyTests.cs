using System.Text;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Ui.Playground;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui.Playground;

public sealed class PlaygroundBodyTests
{
    [Fact]
    public void Parse_AWholeBody_IsWhatWasSent()
    {
        var asked = Parse("""{"model":"a","version":"v1","messages":[{"role":"system","content":"be brief"},{"role":"user","content":"hi"}],"temperature":0.5,"max_tokens":7,"seed":-3}""");

        Assert.Equal(("a", "v1", 0.5f, 7, -3L), (asked.Model, asked.Version, asked.Temperature, asked.MaxTokens, asked.Seed));
        Assert.Equal([("system", "be brief"), ("user", "hi")], asked.Messages.Select(message => (message.Role.Value, message.Text)));
        Assert.Equal(10, asked.Length);
    }

    [Fact]
    public void Parse_ABodyWithoutAModel_LeavesTheRestToRouting()
    {
        var asked = Parse("""{"messages":[{"role":"user","content":"hi"}]}""");

        Assert.Equal(("", null), (asked.Model, asked.Version));
    }

    [Fact]
    public void Parse_ABodyOfManyFaults_NamesEachByItsPath()
    {
        var refused = Assert.Throws<MeshException>(() => Parse("""{"version":"v1","messages":[{"role":"robot","content":""},"hi"],"temperature":3,"max_tokens":0,"seed":1.5,"stream":true}"""));

        Assert.Equal(
            ["max_tokens", "messages[0].content", "messages[0].role", "messages[1]", "seed", "stream", "temperature", "version"],
            refused.Details.Select(fault => fault.Field).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"messages":[]}""")]
    [InlineData("""{"messages":"hi"}""")]
    public void Parse_ABodyWithoutMessages_IsRefused(string body) => Assert.Equal("messages", Assert.Single(Assert.Throws<MeshException>(() => Parse(body)).Details).Field);

    private static PlaygroundRequest Parse(string body) => PlaygroundBody.Parse(Encoding.UTF8.GetBytes(body));
}
