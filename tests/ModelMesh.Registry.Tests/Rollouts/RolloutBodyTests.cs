using System.Text;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Rollouts;
using Xunit;

namespace ModelMesh.Registry.Tests.Rollouts;

public sealed class RolloutBodyTests
{
    [Fact]
    public void Parse_WithTheVersionsAlone_TakesTheDefaults()
    {
        var draft = Parse("""{"from":"v1","to":"v2"}""").Draft;

        Assert.Equal(("canary", 60_000, 3_600_000, 0.05, null, 20, 60_000), (draft.Strategy, draft.StepDurationMs, draft.StepTimeoutMs, draft.MaxErrorRate, draft.MaxTtftP95Ms, draft.MinRequests, draft.DrainTimeoutMs));
        Assert.Equal([10, 25, 50, 75, 100], draft.Steps);
        Assert.Equal([100], Parse("""{"from":"v1","to":"v2","strategy":"blue_green"}""").Draft.Steps);
    }

    [Fact]
    public void Parse_WithEverything_ReadsIt()
    {
        var draft = Parse("""
            {"from":"v1","to":"v2","strategy":"rolling","steps":[5,100],"step_duration":"500ms","step_timeout":7200,"max_error_rate":0.2,"max_ttft_p95_ms":800,"min_requests":3,"drain_timeout":0}
            """).Draft;

        Assert.Equal(("rolling", 500, 7_200_000, 0.2, 800.0, 3, 0), (draft.Strategy, draft.StepDurationMs, draft.StepTimeoutMs, draft.MaxErrorRate, draft.MaxTtftP95Ms, draft.MinRequests, draft.DrainTimeoutMs));
        Assert.Equal([5, 100], draft.Steps);
    }

    [Fact]
    public void Parse_LongSteps_RaiseTheDefaultTimeout()
    {
        Assert.Equal(36_000_000, Parse("""{"from":"v1","to":"v2","step_duration":"1h"}""").Draft.StepTimeoutMs);
        Assert.Equal(604_800_000, Parse("""{"from":"v1","to":"v2","step_duration":"7d"}""").Draft.StepTimeoutMs);
    }

    [Theory]
    [InlineData("""{}""", "from: is required; to: is required")]
    [InlineData("""{"from":"v1","to":"v1"}""", "to: must be another version than 'from'")]
    [InlineData("""{"from":"v1","to":"v2","strategy":"yolo"}""", "strategy: must be one of canary, blue_green, rolling")]
    [InlineData("""{"from":"v1","to":"v2","steps":"10"}""", "steps: must be an array of whole numbers, not a string")]
    [InlineData("""{"from":"v1","to":"v2","steps":[]}""", "steps: must have from 1 to 100 entries")]
    [InlineData("""{"from":"v1","to":"v2","steps":[0,100]}""", "steps[0]: must be a whole number from 1 to 100")]
    [InlineData("""{"from":"v1","to":"v2","steps":[0,"ten",100.5,50,20]}""", "steps[0]: must be a whole number from 1 to 100; steps[1]: must be a whole number from 1 to 100; steps[2]: must be a whole number from 1 to 100; steps[4]: must be more than the step before it, 50")]
    [InlineData("""{"from":"v1","to":"v2","steps":[50,50,100]}""", "steps[1]: must be more than the step before it, 50")]
    [InlineData("""{"from":"v1","to":"v2","steps":[10,90]}""", "steps[1]: must be 100: the last step moves everything")]
    [InlineData("""{"from":"v1","to":"v2","strategy":"blue_green","steps":[50,100]}""", "steps: must be left out, or be [100]: blue_green moves everything at once")]
    [InlineData("""{"from":"v1","to":"v2","step_duration":"1ms"}""", "step_duration: must be from 100ms to 7d")]
    [InlineData("""{"from":"v1","to":"v2","step_duration":60,"step_timeout":30}""", "step_timeout: must not be shorter than 'step_duration'")]
    [InlineData("""{"from":"v1","to":"v2","max_error_rate":5,"min_requests":0}""", "max_error_rate: must be a number from 0 to 1; min_requests: must be a whole number from 1 to 1000000")]
    [InlineData("""{"from":"v1","to":"v2","step":1}""", "step: is not a known field")]
    public void Parse_Faults_AreAllListedByPath(string body, string expected) =>
        Assert.Equal(expected, Assert.Throws<MeshException>(() => Parse(body).Faults.ThrowIfAny()).Message);

    private static RolloutBody Parse(string body) => RolloutBody.Parse(Encoding.UTF8.GetBytes(body), "chat");
}
