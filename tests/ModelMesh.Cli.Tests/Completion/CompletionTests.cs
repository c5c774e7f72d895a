using ModelMesh.Cli.Tests.Fakes;

namespace ModelMesh.Cli.Tests.Completion;

public sealed class CompletionTests : CliTest
{
    [Theory]
    [InlineData("mesh mod", "models")]
    [InlineData("mesh rollout a", "abort")]
    [InlineData("mesh rollout start chat --str", "--strategy")]
    [InlineData("mesh rollout start chat --strategy ", "blue_green canary rolling")]
    [InlineData("mesh models list --status re", "ready")]
    [InlineData("mesh completion ", "bash fish pwsh zsh")]
    [InlineData("mesh models show ch", "chat chat@v1 chat@v2")]
    [InlineData("mesh models show chat@", "chat@v1 chat@v2")]
    [InlineData("mesh weights ch", "chat")]
    [InlineData("mesh weights chat v", "v1= v2=")]
    [InlineData("mesh rollout start chat --from v1 --to v", "v1 v2")]
    [InlineData("mesh register chat@v3 --backend mo", "mock")]
    [InlineData("mesh infer ch", "chat chat@v1 chat@v2")]
    [InlineData("mesh requests cancel r", "r-1")]
    [InlineData("mesh models list --status=re", "--status=ready")]
    [InlineData("mesh models list --name=chat --status ready --back", "--backend")]
    [InlineData("mesh models show nothing", "")]
    [InlineData("mes", "")]
    public async Task Words_ForALine_AreThoseThatMayStandThere(string line, string expected)
    {
        var models = Samples.Models(Samples.Model, Samples.Model.Replace("\"v1\"", "\"v2\"", StringComparison.Ordinal));
        Registry.On("GET /models?limit=1000", models).On("GET /models/chat", models)
            .On("GET /backends", """{"backends":[{"type":"mock","plugin":"Mock","state":"ready","models":1},{"plugin":"Broken","state":"failed","models":0}]}""")
            .On("GET /requests?limit=1000", $$"""{"requests":[{{Samples.Request("r-1")}}]}""");

        Assert.Equal(0, await RunAsync("complete", "--", line));
        Assert.Equal(expected, string.Join(' ', Terminal.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public async Task Words_ThatTheRegistryKnows_AreAskedForWhereTheLineSays()
    {
        Variables.Remove("MESH_REGISTRY");
        Registry.On("GET /models?limit=1000", Samples.Models(Samples.Model));

        Assert.Equal(0, await RunAsync("complete", "--", $"mesh --registry {Registry.Address} models show ch"));
        Assert.Equal("chat\nchat@v1\n", Terminal.Output);
    }

    [Fact]
    public async Task Words_WhileTheRegistryIsAway_AreNoneAndNobodyIsTold()
    {
        Variables["MESH_REGISTRY"] = $"http://127.0.0.1:{LoopbackPort.Free()}";

        Assert.Equal(0, await RunAsync("complete", "--", "mesh models show ch"));
        Assert.Empty(Terminal.Output + Terminal.Errors);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task Script_OfAShell_AsksTheProgram(string shell)
    {
        Assert.Equal(0, await RunAsync("completion", shell));
        Assert.Contains("mesh complete --", Terminal.Output, StringComparison.Ordinal);
    }
}
