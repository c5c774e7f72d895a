using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using ModelMesh.Registry.Tests.Rollouts;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui;

/// <summary>The pages of rollouts, asked of the replica that did not start them.</summary>
public sealed class RolloutPagesTests(RolloutFixture fixture) : IClassFixture<RolloutFixture>
{
    [Fact]
    public async Task Page_OfARunningRollout_HasItsStepsTheJudgesWordsAndWhatMayBeDoneWithIt()
    {
        await fixture.One.RegisterAsync("a/b:c", ("v1", 100), ("v2", 0));
        var rollout = await fixture.One.RollAsync("a%2Fb%3Ac", "\"steps\":[10,50,100],\"step_duration\":60");
        await fixture.One.UntilAsync(rollout, "running");

        var page = await ReadAsync("/ui/rollouts/a%2Fb%3Ac");

        Assert.Contains("Step 1 of 3: 10 % of the traffic goes to &#x27;v2&#x27;.", page, StringComparison.Ordinal);
        Assert.Contains($"data-call=\"POST {rollout}/pause\"", page, StringComparison.Ordinal);
        Assert.Contains($"data-call=\"POST {rollout}/abort\"", page, StringComparison.Ordinal);
        Assert.Contains("data-live-key=\"a%2Fb%3Ac/3\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/ui/rollouts/a%2Fb%3Ac\"", await ReadAsync("/ui/rollouts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfARolloutThatWasRolledBack_SaysWhyAndOffersAnother()
    {
        await fixture.One.RegisterAsync("worse", ("v1", 100), ("v2", 0));
        var rollout = await fixture.One.RollAsync("worse", "\"step_duration\":60,\"min_requests\":5");
        await fixture.One.UntilAsync(rollout, "running");
        fixture.One.Serve("worse", "v2", 5, fails: true);
        await fixture.One.UntilAsync(rollout, "rolled_back");
        await fixture.Two.Catalog.RefreshAsync(CancellationToken.None);

        var page = await ReadAsync("/ui/rollouts/worse");

        Assert.Contains("Rolled back: 5 of 5 requests to &#x27;v2&#x27; failed", page, StringComparison.Ordinal);
        Assert.Contains("stopped", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/abort", page, StringComparison.Ordinal);
        Assert.Contains("/ui/start-rollout?model=worse", page, StringComparison.Ordinal);
        Assert.Contains("Rolled back: 5 of 5 requests", await ReadAsync("/ui/rollouts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Live_WhileRequestsCome_TellsOfTheStepThatRunsUntilTheRolloutIsOver()
    {
        await fixture.One.RegisterAsync("live", ("v1", 100), ("v2", 0));
        var rollout = await fixture.One.RollAsync("live", "\"step_duration\":60");
        await fixture.One.UntilAsync(rollout, "running");
        using var stream = await fixture.Two.Http.GetStreamAsync(new Uri("/ui/live?topics=rollouts", UriKind.Relative));
        await using var events = SseParser.Create(stream).EnumerateAsync().GetAsyncEnumerator();

        fixture.One.Serve("live", "v2", 7);
        await UntilAsync(data => (int?)data["set"]!["live/1"]?["to_requests"] == 7);
        await fixture.One.SteerAsync(rollout, "abort");
        await UntilAsync(data => data["gone"]?.AsArray().Any(key => (string?)key == "live") == true);

        async Task UntilAsync(Func<JsonNode, bool> holds)
        {
            do
            {
                Assert.True(await events.MoveNextAsync());
            }
            while (!holds(JsonNode.Parse(events.Current.Data)!));
        }
    }

    [Fact]
    public async Task Page_OfAModelThatIsNot_Is404AndOneWithoutARolloutSaysWhatToDo()
    {
        using var response = await fixture.Two.Http.GetAsync(new Uri("/ui/rollouts/nobody", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("&#x27;nobody&#x27; is not registered", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await fixture.Two.RegisterAsync("quiet", ("v1", 100));
        Assert.Contains("No rollout of this model yet", await ReadAsync("/ui/rollouts/quiet"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_OfAModel_HasItsVersionsAndAFaultPlaceForEachField()
    {
        await fixture.Two.RegisterAsync("formed", ("v1", 100), ("v2", 0));

        var page = await ReadAsync("/ui/start-rollout?model=formed");

        foreach (var field in new[] { "from", "to", "strategy", "steps", "step_duration", "step_timeout", "max_error_rate", "max_ttft_p95_ms", "min_requests", "drain_timeout" })
        {
            Assert.Contains($"data-fault=\"{field}\"", page, StringComparison.Ordinal);
        }

        Assert.Contains("<output class=\"fault\" data-fault></output>", page, StringComparison.Ordinal);

        Assert.Contains("v2 (weight 0)", page, StringComparison.Ordinal);
    }

    private Task<string> ReadAsync(string path) => fixture.Two.Http.GetStringAsync(new Uri(path, UriKind.Relative));
}
