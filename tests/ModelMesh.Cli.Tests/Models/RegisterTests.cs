using System.Text.Json.Nodes;
using ModelMesh.Cli.Tests.Fakes;

namespace ModelMesh.Cli.Tests.Models;

public sealed class RegisterTests : CliTest
{
    [Fact]
    public async Task Register_WithFlags_SendsJustWhatTheySay()
    {
        Registry.On("POST /models", Samples.Model, 201);

        Assert.Equal(0, await RunAsync(
            "register", "chat@v1", "--backend", "mock", "--max-concurrency", "8", "--set", "text=I am v1", "--set", "tokens=3", "--set", "hang=false", "--endpoint", "http://gpu-1:8000/v1",
            "--label", "team=search", "--label", "expr=a=b", "--capability", "tools", "--capability", "vision", "--first-token-ms", "500", "--cost", "0.25", "--shadow", "--cache", "5m"));

        Sent("""
            {"name":"chat","version":"v1","backend_type":"mock","max_concurrency":8,"backend":{"text":"I am v1","tokens":3,"hang":false,"endpoint":"http://gpu-1:8000/v1"},
            "labels":{"team":"search","expr":"a=b"},"capabilities":["tools","vision"],"timeouts":{"first_token_ms":500},"cost":0.25,"shadow":true,"cache":{"ttl":"5m"}}
            """);
        Assert.Equal("Registered chat@v1 at revision 7: ready\n", Terminal.Output);
    }

    [Fact]
    public async Task Register_WithAFileAndFlags_SendsTheFileWithWhatFlagsSayInItsPlace()
    {
        Registry.On("POST /models", Samples.Model, 201);
        Terminal.In = new StringReader("""{"name":"other","version":"v9","backend_type":"mock","weight":100,"backend":{"tokens":3},} // from another model""");

        Assert.Equal(0, await RunAsync("register", "chat@v1", "-f", "-", "--weight", "0"));
        Sent("""{"name":"chat","version":"v1","backend_type":"mock","weight":0,"backend":{"tokens":3}}""");
    }

    [Fact]
    public async Task Register_WithANameThatHoldsAnAt_TakesTheVersionFromItsOption()
    {
        Registry.On("POST /models", Samples.Model, 201);

        Assert.Equal(0, await RunAsync("register", "me@home", "--version", "v1", "--replica", "http://a/v1=3", "--replica", "http://b/v1"));
        Sent("""{"name":"me@home","version":"v1","backends":[{"endpoint":"http://a/v1","weight":3},{"endpoint":"http://b/v1"}]}""");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("nonsense")]
    [InlineData("""{"name":"chat","name":"other"}""")]
    public async Task Register_WithAFileThatIsNoObject_SaysSoAndSendsNothing(string text)
    {
        Terminal.In = new StringReader(text);

        Assert.Equal(2, await RunAsync("register", "-f", "-"));
        Assert.Empty(Registry.Seen);
    }

    [Fact]
    public async Task Register_WithAFileThatIsNotThere_NamesIt()
    {
        Assert.Equal(2, await RunAsync("register", "-f", "/nowhere/model.json"));
        Assert.Contains("/nowhere/model.json", Terminal.Errors, StringComparison.Ordinal);
    }

    private void Sent(string expected)
    {
        var seen = Assert.Single(Registry.Seen);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(seen.Body)), seen.Body);
    }
}
