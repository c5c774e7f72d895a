using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Rollouts;
using ModelMesh.Registry.Tests.Rollouts;
using ModelMesh.Registry.Ui.Rollouts;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui;

public sealed class RolloutChartTests
{
    [Fact]
    public void Of_ARunningRollout_HasWhatBothVersionsDidInEachStepSoFar()
    {
        var chart = RolloutChart.Of(Sample.Rollout(step: 1), [new StepTally(Sample.Side(90), Sample.Side(20)), new StepTally(Sample.Side(10, 1), Sample.Side(8, 2))]);

        Assert.Equal(["done", "now", "ahead"], chart.Steps.Select(step => step.State));
        Assert.Equal([20, 8, null], chart.Steps.Select(step => step.ToRequests));
        Assert.Equal(["0 %", "25 %", null], chart.Steps.Select(step => step.ToError));
        Assert.Equal(["0 %", "10 %", null], chart.Steps.Select(step => step.FromError));
        Assert.Equal(("2 of 3", "8 of 20", "25 %", 50), (chart.Rollout.StepText, chart.Rollout.Evidence, chart.Rollout.Error, chart.Rollout.ToShare));
    }

    [Fact]
    public void Of_ARolloutThatHasNotBegun_HasSeenNothing()
    {
        var chart = RolloutChart.Of(Sample.Rollout(step: -1), []);

        Assert.All(chart.Steps, step => Assert.Equal("ahead", step.State));
        Assert.Equal(("not begun", "0 of 20", "–"), (chart.Rollout.StepText, chart.Rollout.Evidence, chart.Rollout.Error));
    }

    [Theory]
    [InlineData(RolloutStatuses.RolledBack, "stopped")]
    [InlineData(RolloutStatuses.Completed, "done")]
    [InlineData(RolloutStatuses.Paused, "now")]
    public void Of_ItsLastStep_SaysHowItStands(string status, string state) => Assert.Equal(state, RolloutChart.Of(Sample.Rollout(step: 1, status: status), []).Steps[1].State);

    [Fact]
    public void Of_OneWhoseCountsAreGone_ShowsWhatItsEntryKeptOfTheLastStep()
    {
        var rollout = Sample.Rollout(step: 1, status: RolloutStatuses.RolledBack) with { FromFigures = new RolloutFigures(30, 0, 12), ToFigures = new RolloutFigures(4, 3, null) };

        var chart = RolloutChart.Of(rollout, []);

        Assert.Equal([null, 4, null], chart.Steps.Select(step => step.ToRequests));
        Assert.Equal("75 %", chart.Rollout.Error);
        Assert.Equal(12, chart.Steps[1].FromTtftMs);
    }

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(250, "250 ms")]
    [InlineData(90_000, "90 s")]
    [InlineData(600_000, "10 min")]
    [InlineData(3_600_000, "60 min")]
    [InlineData(86_400_000, "24 h")]
    [InlineData(604_800_000, "7 days")]
    public void Duration_IsSaidInTheUnitThatTakesFewDigits(long milliseconds, string text) => Assert.Equal(text, RolloutWords.Duration(milliseconds));
}
