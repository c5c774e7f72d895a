using System.Text.Json.Nodes;
using ModelMesh.Cli.Tests.Fakes;

namespace ModelMesh.Cli.Tests.Traffic;

public sealed class TrafficTests : CliTest
{
    [Fact]
    public async Task Alias_ThatIsSet_PointsToItsTarget()
    {
        Registry.On("PUT /aliases/chat-prod", "{}", 201);

        Assert.Equal(0, await RunAsync("aliases", "set", "chat-prod", "chat@v2"));
        Sent("""{"target":"chat@v2","name":"chat-prod"}""");
        Assert.Equal("Added the alias chat-prod.\n", Terminal.Output);
    }

    [Fact]
    public async Task Rule_WithConditions_SendsThemWithValuesOfTheirKind()
    {
        Registry.On("PUT /rules/long%20ones", "{}");

        Assert.Equal(0, await RunAsync(
            "rules", "set", "long ones", "--target", "big", "--if", "prompt_length gt 8000", "--if", """user_tier in ["gold","platinum"]""", "--if", "header.x-team exists", "--if", "label.kind eq batch job",
            "--priority", "10", "--disabled"));
        Sent("""
            {"target":"big","priority":10,"enabled":false,"name":"long ones","conditions":[{"field":"prompt_length","operator":"gt","value":8000},
            {"field":"user_tier","operator":"in","value":["gold","platinum"]},{"field":"header.x-team","operator":"exists"},{"field":"label.kind","operator":"eq","value":"batch job"}]}
            """);
        Assert.Equal("Replaced the rule long ones.\n", Terminal.Output);
    }

    [Fact]
    public async Task Limit_AndCaller_SendWhatTheirFlagsSay()
    {
        Registry.On("PUT /limits/all", "{}", 201).On("PUT /callers/search", "{}", 201);

        Assert.Equal(0, await RunAsync("limits", "set", "all", "--model", "chat", "--caller", "*", "--requests", "600"));
        Sent("""{"model":"chat","caller":"*","requests_per_minute":600,"name":"all"}""");
        Assert.Equal(0, await RunAsync("callers", "set", "search", "--key", "env:KEY", "--tier", "gold", "--priority", "-3"));
        Sent("""{"key":"env:KEY","tier":"gold","priority":-3,"name":"search"}""");
    }

    [Fact]
    public async Task Entries_AreListedWithWhatTheyMean()
    {
        Registry.On("GET /aliases", """{"aliases":[{"name":"prod","target":{"model":"chat","version":"v2"},"resolves_to":[{"model":"chat","version":"v2","share":100}],"revision":1}]}""")
            .On("GET /rules", """{"rules":[{"name":"long","priority":3,"enabled":false,"conditions":[{"field":"prompt_length","operator":"gt","value":8000}],"target":{"model":"big"},"weight":100}]}""")
            .On("GET /limits", """{"limits":[{"name":"all","requests_per_minute":600}]}""")
            .On("GET /callers", """{"callers":[{"name":"search","key_sha256":"60303ae22b99…","tier":"gold","priority":10}]}""")
            .On("GET /routing", """{"default":{"model":"chat"},"fallbacks":[{"model":"spare","version":"v1"}],"model_fallbacks":{"chat":[{"model":"big"}]},"revision":3}""");

        foreach (var command in new[] { "aliases", "rules", "limits", "callers", "routing" })
        {
            Assert.Equal(0, await RunAsync(command));
        }

        Assert.All(
            ["prod  chat@v2  chat@v2 100 %", "long         3     100  no       prompt_length gt 8000  big", "all   (any)  (all together)           600           -", "search  gold        10  60303ae22b99…",
                "default            chat", "in place of chat   big"],
            expected => Assert.Contains(expected, Terminal.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Entry_ThatIsDeleted_IsAskedAboutFirst()
    {
        Registry.On("DELETE /rules/long", "", 204);

        Assert.Equal(2, await RunAsync("rules", "delete", "long"));
        Assert.Empty(Registry.Seen);
        Assert.Equal(0, await RunAsync("rules", "delete", "long", "--yes"));
    }

    [Fact]
    public async Task Explain_OfARequest_SaysWhereItGoesAndWhy()
    {
        Registry.On("POST /rules/explain", """
            {"decision":{"by":"rule","rule":"long","target":"wide","model":"wide","version":"v1","certain":true},"routes":[{"model":"wide","version":"v1"},{"model":"spare","version":"v1"}],
            "steps":[{"step":1,"outcome":"the request names no model"}],"rules":[{"name":"long","priority":0,"weight":100,"share":1,"taken":true,"outcome":"decides","conditions":[]}],
            "versions":[{"model":"wide","version":"v1","place":1,"share":1,"outcome":"is tried first"}],"revision":8}
            """);

        Assert.Equal(0, await RunAsync("explain", "--prompt-length", "12000", "--header", "x-team=search", "--metadata", "team.name=search", "--capability", "tools", "--roll", "0.5"));
        Sent("""{"prompt_length":12000,"roll":0.5,"capabilities":["tools"],"headers":{"x-team":"search"},"metadata":{"team":{"name":"search"}}}""");
        Assert.StartsWith("Goes to wide@v1, by rule 'long'\nThen, if that cannot serve: spare@v1\n", Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_OfARequestThatWouldBeRefused_EndsWith1()
    {
        Registry.On("POST /rules/explain", """
            {"decision":{"by":"nothing","certain":true,"error":{"code":"invalid_request","message":"model: is required"}},"routes":[],"steps":[],"rules":[],"versions":[],"revision":8}
            """);

        Assert.Equal(1, await RunAsync("explain"));
        Assert.StartsWith("Refused: model: is required (invalid_request)", Terminal.Output, StringComparison.Ordinal);
    }

    private void Sent(string expected)
    {
        var seen = Registry.Seen.Last().Body;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(seen)), seen);
    }
}
