using ModelMesh.Bench.Compare.Report;
using ModelMesh.Bench.Compare.Results;
using static ModelMesh.Gateway.Tests.Bench.TestComparison;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class CompleteTargetTests
{
    [Fact]
    public void OneIncompleteAnswer_OfAnyRound_IsMissed_AndToldByItsKind()
    {
        var row = Judge("churn", Run("churn", "direct"), Run("churn", "mesh"), Run("churn", "mesh", round: 2) with { Complete = 999, Errors = Kind("cut", 1) });

        Assert.False(row.Reached);
        Assert.Equal("1 of 2,000 incomplete; churn: 1 of 2,000 (1 × cut), directly 0 of 1,000", row.Measured);
    }

    [Fact]
    public void AnAnswer_ThatNeitherCameNorFailed_IsIncomplete() => Assert.False(Judge("churn", Run("churn", "mesh") with { Complete = 999 }).Reached);

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void WhatFailsDirectlyToo_IsNotTheMeshs(long failed, bool reached) => Assert.Equal(reached, Judge("churn",
        Run("churn", "direct") with { Complete = 998, Errors = Kind("cut", 2) }, Run("churn", "mesh") with { Complete = 1_000 - failed, Errors = Kind("cut", failed) }).Reached);

    [Fact]
    public void WhatFailsDirectly_IsAPartOfItsRequests_NotANumber() => Assert.False(Judge("every other",
        Run("peak", "direct") with { Requests = 100_000, Complete = 99_990, Errors = Kind("cut", 10) }, Run("peak", "mesh") with { Complete = 995, Errors = Kind("cut", 5) }).Reached);

    [Fact]
    public void WhereEveryAnswerFailed_DirectlyToo_NothingWasMeasured()
    {
        var none = Kind("SocketException", 1_000);
        var row = Judge("churn", Run("churn", "direct") with { Complete = 0, Errors = none }, Run("churn", "mesh") with { Complete = 0, Errors = none });

        Assert.Null(row.Reached);
        Assert.EndsWith("churn: too much failed directly, so there is nothing to compare with", row.Measured, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, null)]
    public void OneInAHundred_MayFailDirectly(long failed, bool? reached) => Assert.Equal(reached, Judge("churn",
        Run("churn", "direct") with { Complete = 1_000 - failed, Errors = Kind("cut", failed) }, Run("churn", "mesh") with { Complete = 999, Errors = Kind("cut", 1) }).Reached);

    [Fact]
    public void ATurnOfTheMesh_ThatWasBrokenOff_IsNoCompleteRun()
    {
        var comparison = Of(Run("churn", "mesh")) with { Broken = [new("churn", "mesh", 2, "it ended"), new("churn", "portkey", 2, "it ended")] };
        var row = CompleteTarget.Judge(comparison).First();

        Assert.Equal(("0 of 1,000 incomplete; 1 turn was broken off", null), (row.Measured, row.Reached));
    }

    [Fact]
    public void WhatFailedDirectly_DoesNotMatter_WhereTheMeshLostNothing() => Assert.True(Judge("churn", Run("churn", "direct") with { Complete = 0, Errors = Kind("cut", 1_000) }, Run("churn", "mesh")).Reached);

    [Fact]
    public void OtherScenarios_AreEachJudgedByThemselves() => Assert.False(Judge("every other",
        Run("a", "direct") with { Complete = 900, Errors = Kind("cut", 100) }, Run("a", "mesh"), Run("b", "direct"), Run("b", "mesh") with { Complete = 999, Errors = Kind("cut", 1) }).Reached);

    [Fact]
    public void OtherScenarios_AllComplete_AreReachedInOneRow()
    {
        var row = Judge("every other", Run("a", "mesh"), Run("b", "mesh"), Run("churn", "mesh") with { Complete = 1 });

        Assert.True(row.Reached);
        Assert.Equal("0 of 2,000 incomplete", row.Measured);
    }

    [Fact]
    public void HotUpdate_TellsHowManyUpdatesThereWere()
    {
        var row = Judge("hot-update", Run("hot-update", "mesh"), Updated(5, 1), Updated(6, 2));

        Assert.True(row.Reached);
        Assert.Equal("0 of 3,000 incomplete; 11 updates in 2 runs, at least 5 in each", row.Measured);
    }

    [Fact]
    public void HotUpdate_WithARunWithoutAnUpdate_IsNotMeasured() => Assert.Null(Judge("hot-update", Updated(5, 1), Updated(0, 2)).Reached);

    [Fact]
    public void HotUpdate_WithARunWithoutAnUpdate_AndAFailedAnswer_IsMissed() =>
        Assert.False(Judge("hot-update", Updated(0, 1) with { Complete = 999, Errors = Kind("cut", 1) }).Reached);

    [Fact]
    public void WithoutTheMesh_IsNotMeasured_AndSaysWhy()
    {
        var comparison = Of(Run("churn", "direct")) with { Contenders = [new("mesh", "mesh", "", "it did not start")] };
        var row = CompleteTarget.Judge(comparison).First();

        Assert.Equal(("no run of mesh: it did not start", null), (row.Measured, row.Reached));
    }

    private static RunResult Updated(int updates, int round) => Run("hot-update", "mesh", round) with { Variant = 1, Updates = updates };

    private static TargetRow Judge(string part, params RunResult[] runs) => CompleteTarget.Judge(Of(runs)).Single(row => row.Target.StartsWith(part, StringComparison.Ordinal));
}
