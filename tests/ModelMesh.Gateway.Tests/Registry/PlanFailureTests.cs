using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Registry.Failover;

namespace ModelMesh.Gateway.Tests.Registry;

public sealed class PlanFailureTests
{
    [Fact]
    public void OneRoute_IsItsErrorItself()
    {
        var error = new MeshException(ErrorCode.CapacityExceeded, "full") { RetryAfter = TimeSpan.FromSeconds(3) };

        Assert.Same(error, PlanFailure.Of([new RouteFailure(new ModelId("chat", "v1"), error)]));
    }

    [Fact]
    public void SeveralRoutes_AreTheFirstOnesCode_EachOnesReason_AndTheShortestWait()
    {
        var failure = PlanFailure.Of([Failed("v1", ErrorCode.CapacityExceeded, "full.", 5), Failed("v2", ErrorCode.RateLimited, "slow down.", 2), Failed("v3", ErrorCode.BackendError, "broken.", null)]);

        Assert.Equal(ErrorCode.CapacityExceeded, failure.Code);
        Assert.Equal(TimeSpan.FromSeconds(2), failure.RetryAfter);
        Assert.Equal("None of 3 model versions served the request. chat@v1: full. chat@v2: slow down. chat@v3: broken.", failure.Message);
    }

    [Fact]
    public void VersionThatIsGone_DoesNotMakeIt404_WhereOthersAreThere() =>
        Assert.Equal(ErrorCode.Timeout, PlanFailure.Of([Failed("v1", ErrorCode.ModelNotFound, "gone", null), Failed("v2", ErrorCode.Timeout, "slow", null)]).Code);

    [Fact]
    public void ManyAndLongReasons_AreBounded()
    {
        var failure = PlanFailure.Of([.. Enumerable.Range(0, 50).Select(index => Failed($"v{index}", ErrorCode.BackendError, string.Concat(Enumerable.Repeat("🚀", 5_000)), null))]);

        Assert.InRange(failure.Message.Length, 100, 3_000);
        Assert.EndsWith("And 42 more.", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\uD83D…", failure.Message, StringComparison.Ordinal);
    }

    private static RouteFailure Failed(string version, ErrorCode code, string message, double? seconds) =>
        new(new ModelId("chat", version), new MeshException(code, message) { RetryAfter = seconds is { } wait ? TimeSpan.FromSeconds(wait) : null });
}
