using ModelMesh.Cli.Tests.Fakes;

namespace ModelMesh.Cli.Tests.Running;

/// <summary>With <c>--json</c> standard output is the API's answer, to the byte, and nothing else.</summary>
public sealed class JsonOutputTests : CliTest
{
    private const string Odd = """{"models":[],"what":"ä <&> \u0041", "spaced" : 1e2}""";

    [Theory]
    [InlineData("GET /models?limit=1000", "models")]
    [InlineData("GET /models/a%2Fb%3A%40", "models", "show", "a/b:@")]
    [InlineData("GET /models/chat/weights", "weights", "chat")]
    [InlineData("PUT /models/chat/weights", "weights", "chat", "v1=1")]
    [InlineData("GET /models/chat/versions/v1/shadow", "shadow", "chat@v1")]
    [InlineData("GET /models/chat/rollouts", "rollout", "status", "chat")]
    [InlineData("POST /models/chat/rollouts/r-1/pause", "rollout", "pause", "chat", "r-1")]
    [InlineData("GET /aliases", "aliases")]
    [InlineData("GET /rules", "rules", "list")]
    [InlineData("GET /limits", "limits")]
    [InlineData("GET /callers", "callers")]
    [InlineData("GET /routing", "routing")]
    [InlineData("GET /aliases/chat-prod", "aliases", "show", "chat-prod")]
    [InlineData("PUT /aliases/chat-prod", "aliases", "set", "chat-prod", "chat")]
    [InlineData("GET /backends", "backends")]
    [InlineData("GET /instances", "instances")]
    [InlineData("GET /requests", "requests")]
    [InlineData("DELETE /requests/r-1?instance=i-1", "requests", "cancel", "r-1", "--instance", "i-1")]
    [InlineData("DELETE /cache", "cache", "clear", "--yes")]
    [InlineData("POST /models", "register", "chat@v1")]
    public async Task Json_OfACommand_IsTheAnswerAsItCame(string call, params string[] arguments)
    {
        Registry.On(call, Odd);

        Assert.Equal(0, await RunAsync([.. arguments, "--json"]));
        Assert.Equal($"{Odd}\n", Terminal.Output);
        Assert.Empty(Terminal.Errors);
    }

    [Fact]
    public async Task Json_OfAnError_IsItsBodyOnStandardError()
    {
        Registry.On("GET /models/nope", Samples.NotFound, 404);

        Assert.Equal(4, await RunAsync("models", "show", "nope", "--json"));
        Assert.Equal($"{Samples.NotFound}\n", Terminal.Errors);
        Assert.Empty(Terminal.Output);
    }

    [Fact]
    public async Task Json_OfAnErrorOfTheProgramItself_HasTheSameShape()
    {
        Assert.Equal(2, await RunAsync("drain", "chat", "--json"));
        Assert.Equal("""{"error":{"code":"usage","message":"'chat' names no version: say chat@VERSION.","type":"cli_error"}}""" + "\n", Terminal.Errors);
    }

    [Fact]
    public async Task Json_OfSeveralPages_IsADocumentEach()
    {
        var first = """{"models":[],"next_cursor":"a/b"}""";
        Registry.On("GET /models?limit=1000", first).On("GET /models?limit=1000&cursor=a%2Fb", Odd);

        Assert.Equal(0, await RunAsync("models", "--json"));
        Assert.Equal($"{first}\n{Odd}\n", Terminal.Output);
    }
}
