using ModelMesh.Cli.Tests.Fakes;

namespace ModelMesh.Cli.Tests.Models;

public sealed class ModelListTests : CliTest
{
    [Fact]
    public async Task Models_WithFilters_AreAskedForWithAllOfThem()
    {
        Registry.On("GET /models?name=a%20b&status=ready&backend_type=mock&capability=tools&capability=vision&label=team%3Dsearch&limit=5&cursor=c", """{"models":[],"next_cursor":"next"}""");

        Assert.Equal(0, await RunAsync(
            "models", "list", "--name", "a b", "--status", "ready", "--backend", "mock", "--capability", "tools", "--capability", "vision", "--label", "team=search", "--limit", "5", "--cursor", "c"));
        Assert.Equal("There are more: --cursor next\n", Terminal.Errors);
    }

    [Fact]
    public async Task Models_OnSeveralPages_AreOneTable()
    {
        Registry.On("GET /models?limit=1000", Samples.Models(Samples.Model).Replace("]}", "],\"next_cursor\":\"c\"}", StringComparison.Ordinal))
            .On("GET /models?limit=1000&cursor=c", Samples.Models(Samples.Model.Replace("\"v1\"", "\"v2\"", StringComparison.Ordinal)));

        Assert.Equal(0, await RunAsync("models"));
        Assert.Equal(3, Terminal.Output.TrimEnd().Split('\n').Length);
        Assert.Contains("chat  v2", Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_WhoseStoreIsAway_HasAQuestionMarkForItsStreams()
    {
        Registry.On("GET /models?limit=1000", Samples.Models(Samples.Model.Replace("\"active\":1", "\"active\":null", StringComparison.Ordinal)));

        Assert.Equal(0, await RunAsync("models"));
        Assert.Contains("?/2", Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_ThatIsShown_TellsOfItsEndpointsToo()
    {
        Registry.On("GET /models/chat/versions/v1", Samples.Model);

        Assert.Equal(0, await RunAsync("models", "show", "chat@v1"));
        Assert.Contains("labels         team=search", Terminal.Output, StringComparison.Ordinal);
        Assert.Contains("closed", Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_ThatAServiceSends_CannotWriteToTheTerminalWhatItLikes()
    {
        Registry.On("GET /models?limit=1000", Samples.Models(Samples.Model.Replace("\"chat\"", "\"ch\\u001b[2Jat [red]\"", StringComparison.Ordinal)));

        Assert.Equal(0, await RunAsync("models"));
        Assert.Contains("ch[2Jat [red]", Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_ThatAreSet_GoInOneCallAndAreShown()
    {
        Registry.On(
            "PUT /models/chat/weights",
            """{"name":"chat","versions":[{"version":"v1","weight":70,"share":70,"shadow":false,"draining":false},{"version":"v=2","weight":30,"share":30,"shadow":true,"draining":false}],"revision":4}""");

        Assert.Equal(0, await RunAsync("weights", "chat", "v1=70", "v=2=30"));
        Assert.Equal("""{"v1":70,"v=2":30}""", Assert.Single(Registry.Seen).Body);
        Assert.Contains("70 %", Terminal.Output, StringComparison.Ordinal);
        Assert.Contains("shadow", Terminal.Output, StringComparison.Ordinal);
    }
}
