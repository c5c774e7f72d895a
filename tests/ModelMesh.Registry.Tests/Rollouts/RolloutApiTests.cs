using System.Net;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.Tests.Admin;
using Xunit;

namespace ModelMesh.Registry.Tests.Rollouts;

public sealed class RolloutApiTests(RolloutFixture fixture) : IClassFixture<RolloutFixture>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Rolling_WithoutTraffic_GoesThroughItsStepsAndKeepsTheLastWeights()
    {
        await fixture.One.RegisterAsync("steps", ("v1", 60), ("v2", 60), ("v3", 7));
        var answer = await fixture.One.Http.SendAsync(HttpMethod.Post, "/models/steps/rollouts", """{"from":"v1","to":"v2","strategy":"rolling","steps":[25,100],"step_duration":"100ms"}""");

        Assert.Equal((HttpStatusCode.Accepted, "pending"), (answer.Status, answer.Body.GetProperty("status").GetString()));
        Assert.Equal("""{"v1":50,"v2":50}""", answer.Body.GetProperty("traffic_split").GetRawText());
        var rollout = $"/models/steps/rollouts/{answer.Body.GetProperty("request_id").GetString()}";
        var ended = await fixture.Two.UntilAsync(rollout, "completed");
        Assert.Equal("v1:0 v2:120 v3:7", await fixture.Two.WeightsAsync("steps"));
        Assert.Equal("""{"v1":0,"v2":100}""", ended.Body.GetProperty("traffic_split").GetRawText());
        Assert.True(ended.Body.GetProperty("end").GetDateTimeOffset() - ended.Body.GetProperty("start").GetDateTimeOffset() >= TimeSpan.FromMilliseconds(200));

        // The other replica has the same entry, and with it the same tag, a moment later.
        await Eventually.HoldsAsync(async () => (await fixture.One.Http.ReadAsync(rollout, ended.ETag)).Status == HttpStatusCode.NotModified, Soon, "the other replica knows the entry by its tag");
        var list = await fixture.One.Http.ReadAsync("/models/steps/rollouts");
        Assert.Equal(["completed"], list.Body.GetProperty("rollouts").EnumerateArray().Select(one => one.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Rolling_BesideAVersionWithTheRestOfTheTraffic_DividesWhatBothHave()
    {
        await fixture.One.RegisterAsync("third", ("v1", 60), ("v2", 0), ("v3", 40));
        var rollout = await fixture.One.RollAsync("third", "\"strategy\":\"rolling\",\"step_duration\":60");
        var running = await fixture.Two.UntilAsync(rollout, "running");
        Assert.Equal("v1:54 v2:6 v3:40", await fixture.Two.WeightsAsync("third"));
        Assert.Equal("""{"v1":90,"v2":10}""", running.Body.GetProperty("traffic_split").GetRawText());
        Assert.Equal(HttpStatusCode.OK, (await fixture.One.SteerAsync(rollout, "abort")).Status);
        Assert.Equal("v1:60 v2:0 v3:40", await fixture.Two.WeightsAsync("third"));
    }

    [Fact]
    public async Task Canary_BadTarget_IsRolledBackToTheExactWeightsBefore()
    {
        await fixture.One.RegisterAsync("bad", ("v1", 130), ("v2", 3));
        var rollout = await fixture.One.RollAsync("bad", "\"step_duration\":60,\"min_requests\":10");
        await fixture.Two.UntilAsync(rollout, "running");
        Assert.Equal("v1:120 v2:13", await fixture.Two.WeightsAsync("bad"));

        // At both replicas, whichever drives.
        fixture.One.Serve("bad", "v1", 40);
        fixture.One.Serve("bad", "v2", 6, fails: true);
        fixture.Two.Serve("bad", "v2", 6, fails: true);

        var ended = await fixture.One.UntilAsync(rollout, "rolled_back");
        Assert.Equal("Rolled back: 12 of 12 requests to 'v2' failed in step 1 of 5, and at most 5 % may.", ended.Body.GetProperty("message").GetString());
        Assert.Equal("v1:130 v2:3", await fixture.Two.WeightsAsync("bad"));
        var figures = ended.Body.GetProperty("figures");
        Assert.Equal("""{"version":"v2","requests":12,"failures":12,"error_rate":1}""", figures.GetProperty("to").GetRawText());
        Assert.Equal(40, figures.GetProperty("from").GetProperty("requests").GetInt32());
    }

    [Fact]
    public async Task Canary_GoodTarget_GoesOnOnceItSawEnoughRequests()
    {
        await fixture.One.RegisterAsync("good", ("v1", 100), ("v2", 0));
        var rollout = await fixture.One.RollAsync("good", "\"step_duration\":\"100ms\",\"min_requests\":5,\"steps\":[10,100]");
        await Eventually.HoldsAsync(
            async () => (await fixture.Two.Http.ReadAsync(rollout)).Body.GetProperty("message").GetString()!.Contains("Waits for more requests", StringComparison.Ordinal), Soon, "it waits for requests");
        await ServedUntilAsync("good", rollout, "running", step: 2);

        await ServedUntilAsync("good", rollout, "completed");

        Assert.Equal("v1:0 v2:100", await fixture.Two.WeightsAsync("good"));
    }

    [Fact]
    public async Task BlueGreen_WaitsForTheTarget_SwitchesAndWaitsForTheOldVersionsRequests()
    {
        await fixture.One.RegisterAsync("green", ("v1", 100), ("v2", 0));
        (fixture.One.Plugins.Failing, fixture.Two.Plugins.Failing) = ("green", "green");
        var rollout = await fixture.One.RollAsync("green", "\"strategy\":\"blue_green\",\"step_duration\":3");
        await Eventually.HoldsAsync(
            async () => (await fixture.One.NewestAsync("green")).Message == "Waits until 'v2' is ready: the test says so.", Soon, "it waits for the target");
        Assert.Equal("v1:100 v2:0", await fixture.One.WeightsAsync("green"));
        var old = (await fixture.One.Catalog.RefreshAsync(CancellationToken.None)).Find(new ModelId("green", "v1"))!;
        var running = Assert.IsType<LeaseAnswer.Granted>(await fixture.One.Leases.AcquireAsync(old.Id, old.Revision));
        (fixture.One.Plugins.Failing, fixture.Two.Plugins.Failing) = (null, null);

        await fixture.One.UntilAsync(rollout, "running");
        Assert.Equal("v1:0 v2:100", await fixture.One.WeightsAsync("green"));
        await Eventually.HoldsAsync(async () => (await fixture.One.NewestAsync("green")).DrainStart is not null, Soon, "the old version drains");
        Assert.Equal("running", (await fixture.One.NewestAsync("green")).Status);
        await running.Lease.DisposeAsync();

        var ended = await fixture.One.UntilAsync(rollout, "completed");
        Assert.Equal("All traffic goes to 'v2'; 'v1' is idle and stays registered with weight 0.", ended.Body.GetProperty("message").GetString());
    }

    [Fact]
    public async Task BlueGreen_TargetIsNeverReady_FailsAndMovesNothing()
    {
        await fixture.One.RegisterAsync("broken", ("v1", 100), ("v2", 0));

        var ended = await fixture.One.UntilAsync(await fixture.One.RollAsync("broken", "\"strategy\":\"blue_green\",\"step_duration\":\"100ms\""), "failed");

        Assert.Equal("'v2' was not ready within 0.1 s: the fake says so. Nothing was moved.", ended.Body.GetProperty("message").GetString());
        Assert.Equal("v1:100 v2:0", await fixture.One.WeightsAsync("broken"));
    }

    [Fact]
    public async Task PauseResumeAbort_HoldItCarryItOnAndBringTheWeightsBack()
    {
        await fixture.One.RegisterAsync("steered", ("v1", 100), ("v2", 0));
        var rollout = await fixture.One.RollAsync("steered", "\"strategy\":\"rolling\",\"step_duration\":\"100ms\",\"steps\":[10,20,30,40,50,60,70,80,90,100]");
        await fixture.One.UntilAsync(rollout, "running");

        var paused = await fixture.Two.SteerAsync(rollout, "pause");
        Assert.Equal((HttpStatusCode.OK, "paused"), (paused.Status, paused.Body.GetProperty("status").GetString()));
        var weights = await fixture.One.WeightsAsync("steered");
        Assert.Equal(paused.Revision, (await fixture.One.SteerAsync(rollout, "pause")).Revision);
        var step = paused.Body.GetProperty("step").GetInt32();

        var resumed = await fixture.One.SteerAsync(rollout, "resume");
        Assert.Equal((HttpStatusCode.OK, "running", step), (resumed.Status, resumed.Body.GetProperty("status").GetString(), resumed.Body.GetProperty("step").GetInt32()));
        Assert.Equal(weights, $"v1:{100 - (10 * step)} v2:{10 * step}");
        await fixture.One.UntilAsync(rollout, "running", step + 1);

        var aborted = await fixture.Two.SteerAsync(rollout, "abort");
        Assert.Equal((HttpStatusCode.OK, "rolled_back"), (aborted.Status, aborted.Body.GetProperty("status").GetString()));
        Assert.StartsWith("Aborted by an operator at step ", aborted.Body.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("v1:100 v2:0", await fixture.One.WeightsAsync("steered"));
        foreach (var what in new[] { "pause", "resume", "abort" })
        {
            var refused = await fixture.One.SteerAsync(rollout, what);
            Assert.Equal((HttpStatusCode.Conflict, "conflict"), (refused.Status, refused.ErrorCode));
        }
    }

    [Fact]
    public async Task Active_ItsVersionsCannotBeDeletedNorItsWeightsBeSet_AndAnUpdateLeavesThemAlone()
    {
        await fixture.One.RegisterAsync("held", ("v1", 100), ("v2", 0));
        var rollout = await fixture.One.RollAsync("held", "\"step_duration\":60");

        Assert.Equal(HttpStatusCode.OK, (await fixture.Two.Http.PutAsync("/models/held/versions/v2", """{"backend_type":"mock","max_concurrency":7}""")).Status);
        await fixture.One.UntilAsync(rollout, "running");
        Assert.Equal("v1:90 v2:10", await fixture.Two.WeightsAsync("held"));
        Assert.Equal(HttpStatusCode.Conflict, (await fixture.Two.Http.PutAsync("/models/held/weights", """{"v1":1}""")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await fixture.Two.Http.RemoveAsync("/models/held/versions/v1")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await fixture.Two.Http.RemoveAsync("/models/held/versions/v2?drain=true")).Status);
        await fixture.Two.SteerAsync(rollout, "abort");
        Assert.Equal("v1:100 v2:0", await fixture.Two.WeightsAsync("held"));
        Assert.Equal(HttpStatusCode.NoContent, (await fixture.Two.Http.RemoveAsync("/models/held/versions/v2")).Status);
    }

    [Fact]
    public async Task Start_TwoAtOnce_OneIsRefused()
    {
        await fixture.One.RegisterAsync("twice", ("v1", 100), ("v2", 0));
        const string Body = """{"from":"v1","to":"v2","step_duration":60}""";

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? fixture.One : fixture.Two).Http.SendAsync(HttpMethod.Post, "/models/twice/rollouts", Body)));

        Assert.Equal([HttpStatusCode.Accepted, .. Enumerable.Repeat(HttpStatusCode.Conflict, 7)], answers.Select(answer => answer.Status).Order());
    }

    [Fact]
    public async Task Start_VersionsThatCannotBe_AreAllListedByPath()
    {
        await fixture.One.RegisterAsync("faults", ("v1", 100), ("v2", 1), ("v4", 0));
        await fixture.One.Writer.RegisterAsync(Replicas.TestReplica.Define("faults") with { Version = "copy", Shadow = true });
        await fixture.One.RegisterAsync("alone", ("v1", 1), ("v2", 0));
        await fixture.One.RegisterAsync("heavy", ("v1", 1_000_000), ("v2", 1), ("v3", 1));

        Assert.Equal(["steps[0]: must be 100: the last step moves everything", "from: 'v9' is no registered version of 'faults'", "to: 'copy' is a shadow version, which takes no traffic"],
            (await StartAsync("faults", """{"from":"v9","to":"copy","steps":[5]}""")).Faults);
        Assert.Equal(
            ["steps[1]: comes to the same weight as the step before it: 'v2' and 'v4' have a weight of 1 together, which is all there is to divide. Multiply all weights of the model first, or leave steps out"],
            (await StartAsync("faults", """{"from":"v2","to":"v4","steps":[50,100]}""")).Faults);
        Assert.StartsWith("from: has a weight of 1000000, and 'v2' one of 1: together", Assert.Single((await StartAsync("heavy", """{"from":"v1","to":"v2"}""")).Faults), StringComparison.Ordinal);
        var unknown = await StartAsync("nobody", """{"from":"v1","to":"v2"}""");
        Assert.Equal((HttpStatusCode.NotFound, "model_not_found"), (unknown.Status, unknown.ErrorCode));
        Assert.Equal(HttpStatusCode.Accepted, (await StartAsync("alone", """{"from":"v1","to":"v2"}""")).Status);
    }

    [Theory]
    [InlineData("GET", "/models/none/rollouts")]
    [InlineData("GET", "/models/none/rollouts/1")]
    [InlineData("GET", "/models/none/rollouts/1/events")]
    [InlineData("POST", "/models/none/rollouts/1/abort")]
    public async Task Call_OfARolloutThatIsNot_IsNotFound(string method, string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await fixture.One.Http.SendAsync(new HttpMethod(method), path, null)).Status);

    [Fact]
    public async Task Pause_WithAField_IsRefusedByName()
    {
        var answer = await fixture.One.Http.SendAsync(HttpMethod.Post, "/models/none/rollouts/1/pause", """{"for":"1h"}""");

        Assert.Equal(["for: is not a known field"], answer.Faults);
    }

    private Task<AdminAnswer> StartAsync(string name, string body) => fixture.One.Http.SendAsync(HttpMethod.Post, $"/models/{name}/rollouts", body);

    private Task<TimeSpan> ServedUntilAsync(string name, string rollout, string status, int step = 0) => Eventually.HoldsAsync(
        async () =>
        {
            fixture.Two.Serve(name, "v2", 2);
            var body = (await fixture.Two.Http.ReadAsync(rollout)).Body;
            return body.GetProperty("status").GetString() == status && body.GetProperty("step").GetInt32() >= step;
        },
        Soon,
        $"{name} is {status}");
}
