using System.Text.Json.Nodes;
using ModelMesh.Cli.Tests.Fakes;

namespace ModelMesh.Cli.Tests.Rollouts;

public sealed class RolloutTests : CliTest
{
    private const string Events = "GET /models/chat/rollouts/r-2/events";

    [Fact]
    public async Task Start_SendsWhatIsSaidAndLeavesTheRestToTheRegistry()
    {
        Registry.On("POST /models/chat/rollouts", Samples.Rollout("pending"), 202);

        Assert.Equal(0, await RunAsync(
            "rollout", "start", "chat", "--from", "v1", "--to", "v2", "--strategy", "rolling", "--steps", "10, 50,100", "--step-duration", "1s", "--max-error-rate", "0.1", "--min-requests", "5"));
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"from":"v1","to":"v2","strategy":"rolling","steps":[10,50,100],"step_duration":"1s","max_error_rate":0.1,"min_requests":5}"""),
            JsonNode.Parse(Assert.Single(Registry.Seen).Body)));
        Assert.Equal("Started rollout r-2 of chat: v1 → v2, canary\n", Terminal.Output);
    }

    [Theory]
    [InlineData("completed", 0)]
    [InlineData("rolled_back", 1)]
    [InlineData("failed", 1)]
    public async Task Watch_ToTheEnd_IsOkOnlyIfItWasCompleted(string end, int exitCode)
    {
        Registry.On("GET /models/chat/rollouts", $$"""{"rollouts":[{{Samples.Rollout("running")}}]}""")
            .OnEvents(Events, $"rollout {Samples.Rollout("running")}", $"rollout {Samples.Rollout("running")}", $"rollout {Samples.Rollout(end, "It is over.")}");

        Assert.Equal(exitCode, await RunAsync("rollout", "watch", "chat"));
        Assert.Equal(2, Terminal.Output.TrimEnd().Split('\n').Length);
        Assert.Contains("It is over.", Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_WhoseReplicaStops_DoesNotTakeThatForTheEnd()
    {
        Registry.OnEvents(Events, $"rollout {Samples.Rollout("running")}");

        Assert.Equal(1, await RunAsync("rollout", "watch", "chat", "r-2"));
        Assert.Contains("before the rollout did", Terminal.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_AtATerminal_DrawsThePanelAgain()
    {
        Registry.OnEvents(Events, $"rollout {Samples.Rollout("running")}", $"rollout {Samples.Rollout("completed", "All traffic goes to v2.", 2)}");
        Terminal = TestTerminal.Interactive();

        Assert.Equal(0, await RunAsync("rollout", "watch", "chat", "r-2"));
        Assert.Contains("step 2 of 2", Terminal.Output, StringComparison.Ordinal);
        Assert.Contains("All traffic goes to v2.", Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_AsJson_IsALineForEachEvent()
    {
        Registry.OnEvents(Events, $"rollout {Samples.Rollout("running")}", $"rollout {Samples.Rollout("completed")}");

        Assert.Equal(0, await RunAsync("rollout", "watch", "chat", "r-2", "--json"));
        Assert.Equal($"{Samples.Rollout("running")}\n{Samples.Rollout("completed")}\n", Terminal.Output);
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("abort")]
    public async Task Move_WithoutAnId_IsTheNewestRollouts(string move)
    {
        Registry.On("GET /models/chat/rollouts", $$"""{"rollouts":[{{Samples.Rollout("running")}}]}""").On($"POST /models/chat/rollouts/r-2/{move}", Samples.Rollout("paused"));

        Assert.Equal(0, await RunAsync("rollout", move, "chat"));
        Assert.StartsWith("Rollout r-2 of chat ", Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Move_OfAModelWithoutRollouts_EndsWith4()
    {
        Registry.On("GET /models/chat/rollouts", """{"rollouts":[]}""");

        Assert.Equal(4, await RunAsync("rollout", "abort", "chat"));
    }

    [Fact]
    public async Task Status_ShowsTheNewestInFullAndThoseBeforeItAsRows()
    {
        Registry.On("GET /models/chat/rollouts", $$"""{"rollouts":[{{Samples.Rollout("running")}},{{Samples.Rollout("rolled_back", "Too slow.").Replace("r-2", "r-1", StringComparison.Ordinal)}}]}""");

        Assert.Equal(0, await RunAsync("rollout", "status", "chat"));
        Assert.Contains("10 %", Terminal.Output, StringComparison.Ordinal);
        Assert.Contains("100 %", Terminal.Output, StringComparison.Ordinal);
        Assert.Contains("r-1", Terminal.Output, StringComparison.Ordinal);
        Assert.Contains("Too slow.", Terminal.Output, StringComparison.Ordinal);
    }
}
