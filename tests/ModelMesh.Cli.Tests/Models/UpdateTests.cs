using System.Text.Json.Nodes;
using ModelMesh.Cli.Tests.Fakes;

namespace ModelMesh.Cli.Tests.Models;

public sealed class UpdateTests : CliTest
{
    private const string Get = "GET /models/chat/versions/v1";
    private const string Put = "PUT /models/chat/versions/v1";

    [Fact]
    public async Task Update_OfAField_SendsTheRestAsItWasAndTheRevisionItRead()
    {
        Registry.On(Get, Samples.Model).On(Put, Samples.Model);

        Assert.Equal(0, await RunAsync("update", "chat@v1", "--max-concurrency", "16", "--set", "text=Changed", "--label", "tier=gold", "--unset", "backend.tokens", "--yes"));

        var sent = Registry.Seen.Last();
        Assert.Equal("\"7\"", sent.IfMatch);
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse("""
                    {"name":"chat","version":"v1","backend_type":"mock","backend":{"text":"Changed"},"max_concurrency":16,"weight":100,"shadow":false,"capabilities":["tools"],
                    "labels":{"team":"search","tier":"gold"},"adapters":[],"timeouts":{"first_token_ms":60000,"idle_ms":30000},"max_queue":0,"queue_timeout":30,"shadow_sample":100,"backends":[],
                    "balancing":"least_in_flight","resilience":{"max_retries":2},"cost":0,"novelty":{"kept":true}}
                    """),
                JsonNode.Parse(sent.Body)),
            sent.Body);
    }

    [Fact]
    public async Task Update_ThatAPersonIsAskedAbout_ShowsEachChangeBeforeItIsSent()
    {
        Registry.On(Get, Samples.Model).On(Put, Samples.Model);
        Terminal = TestTerminal.Interactive();
        Terminal.In = new StringReader("y\n");

        Assert.Equal(0, await RunAsync("update", "chat@v1", "--set", "text=Changed", "--unset", "backend.tokens", "--no-color"));
        Assert.Contains("backend.text", Terminal.Output, StringComparison.Ordinal);
        Assert.Contains("- \"hello\"", Terminal.Output, StringComparison.Ordinal);
        Assert.Contains("+ \"Changed\"", Terminal.Output, StringComparison.Ordinal);
        Assert.Contains("- 3", Terminal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("max_concurrency", Terminal.Output, StringComparison.Ordinal);
        Assert.Contains("Update chat@v1, at revision 7? [y/N]", Terminal.Errors, StringComparison.Ordinal);
        Assert.Equal(2, Registry.Seen.Count);
    }

    [Fact]
    public async Task Update_ThatAPersonDeclines_SendsNothing()
    {
        Registry.On(Get, Samples.Model).On(Put, Samples.Model);
        Terminal = TestTerminal.Interactive();
        Terminal.In = new StringReader("\n");

        Assert.Equal(130, await RunAsync("update", "chat@v1", "--weight", "1"));
        Assert.Single(Registry.Seen);
    }

    [Fact]
    public async Task Update_WhereNobodyCanBeAsked_NeedsYes()
    {
        Registry.On(Get, Samples.Model).On(Put, Samples.Model);

        Assert.Equal(2, await RunAsync("update", "chat@v1", "--weight", "1"));
        Assert.Contains("--yes", Terminal.Errors, StringComparison.Ordinal);
        Assert.Single(Registry.Seen);
    }

    [Fact]
    public async Task Update_ThatChangesNothing_SendsNothing()
    {
        Registry.On(Get, Samples.Model);

        Assert.Equal(0, await RunAsync("update", "chat@v1", "--weight", "100"));
        Assert.Equal("chat@v1 is that already; nothing was sent.\n", Terminal.Output);
    }

    [Fact]
    public async Task Update_OfWhatSomebodyElseChangedMeanwhile_EndsWith5()
    {
        Registry.On(Get, Samples.Model).On(Put, """{"error":{"code":"precondition_failed","message":"It is at revision 8.","type":"client_error"}}""", 412);

        Assert.Equal(5, await RunAsync("update", "chat@v1", "--weight", "1", "--yes"));
    }

    [Fact]
    public async Task Update_WithAWholeDefinition_LeavesTheRestToItsDefaults()
    {
        Registry.On(Get, Samples.Model).On(Put, Samples.Model);
        Terminal.In = new StringReader("""{"backend_type":"vllm"}""");

        Assert.Equal(0, await RunAsync("update", "chat@v1", "-f", "-", "--replace", "--yes"));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"backend_type":"vllm","name":"chat","version":"v1"}"""), JsonNode.Parse(Registry.Seen.Last().Body)));
    }

    [Fact]
    public async Task Update_ThatTakesBackAFieldWhichIsNotThere_SaysSo()
    {
        Registry.On(Get, Samples.Model);

        Assert.Equal(2, await RunAsync("update", "chat@v1", "--unset", "backend.nothing", "--yes"));
        Assert.Contains("backend.nothing", Terminal.Errors, StringComparison.Ordinal);
    }
}
