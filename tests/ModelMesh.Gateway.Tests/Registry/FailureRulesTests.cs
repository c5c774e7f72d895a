using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Registry.Failover;

namespace ModelMesh.Gateway.Tests.Registry;

public sealed class FailureRulesTests
{
    // Where it failed: v = the version, i = one instance, a = all instances, m = in the midst of a whole answer; then r = may repeat, p = may plan anew.
    [Theory]
    [InlineData("i", ErrorCode.BackendUnavailable, NextStep.AnotherInstance)]
    [InlineData("i", ErrorCode.Internal, NextStep.AnotherInstance)]
    [InlineData("a", ErrorCode.BackendUnavailable, NextStep.AnotherRoute)]
    [InlineData("a", ErrorCode.Internal, NextStep.AnotherRoute)]
    [InlineData("v", ErrorCode.BackendError, NextStep.AnotherRoute)]
    [InlineData("v", ErrorCode.BackendUnavailable, NextStep.AnotherRoute)]
    [InlineData("v", ErrorCode.Timeout, NextStep.AnotherRoute)]
    [InlineData("v", ErrorCode.RateLimited, NextStep.AnotherRoute)]
    [InlineData("v", ErrorCode.CapacityExceeded, NextStep.AnotherRoute)]
    [InlineData("v", ErrorCode.ModelNotFound, NextStep.AnotherRoute)]
    [InlineData("vr", ErrorCode.BackendError, NextStep.AnotherRoute)]
    [InlineData("vp", ErrorCode.BackendError, NextStep.AnotherRoute)]
    [InlineData("vp", ErrorCode.ModelNotFound, NextStep.NewPlan)]
    [InlineData("v", ErrorCode.InvalidRequest, NextStep.Answer)]
    [InlineData("v", ErrorCode.PayloadTooLarge, NextStep.Answer)]
    [InlineData("v", ErrorCode.Unauthenticated, NextStep.Answer)]
    [InlineData("v", ErrorCode.PermissionDenied, NextStep.Answer)]
    [InlineData("v", ErrorCode.StoreUnavailable, NextStep.Answer)]
    [InlineData("v", ErrorCode.Internal, NextStep.Answer)]
    [InlineData("vrp", ErrorCode.Cancelled, NextStep.Answer)]
    [InlineData("mr", ErrorCode.Cancelled, NextStep.Answer)]
    [InlineData("mr", ErrorCode.BackendError, NextStep.SameVersion)]
    [InlineData("mr", ErrorCode.BackendUnavailable, NextStep.SameVersion)]
    [InlineData("mr", ErrorCode.Timeout, NextStep.SameVersion)]
    [InlineData("m", ErrorCode.BackendError, NextStep.AnotherRoute)]
    [InlineData("mr", ErrorCode.InvalidRequest, NextStep.Answer)]
    [InlineData("mr", ErrorCode.StoreUnavailable, NextStep.Answer)]
    public void Failure_LeadsToTheExpectedStep(string failure, ErrorCode code, object expected)
    {
        var place = failure[0] switch { 'i' => FailurePlace.Instance, 'a' => FailurePlace.AllInstances, 'm' => FailurePlace.AnswersMidst, _ => FailurePlace.Version };

        Assert.Equal(expected, FailureRules.After(new Failure(
            code, place, failure.Contains('r', StringComparison.Ordinal), failure.Contains('p', StringComparison.Ordinal))));
    }

    // A route a letter: o = open breaker, c = one that lets through; upper case: taken already.
    [Theory]
    [InlineData("c", 0)]
    [InlineData("ccc", 0)]
    [InlineData("Ccc", 1)]
    [InlineData("oc", 1)]
    [InlineData("oCc", 2)]
    [InlineData("o", 0)]
    [InlineData("ooo", 0)]
    [InlineData("Coo", -1)]
    [InlineData("O", -1)]
    [InlineData("oO", -1)]
    [InlineData("CC", -1)]
    public void Route_IsTheFirstLeftThatItsBreakerLetsThrough_OrTheFirstOfAllWhereNoneDoes(string routes, int expected) =>
        Assert.Equal(expected, RouteChoice.Choose([.. routes.Select(route => new RouteView(char.IsUpper(route), char.ToLowerInvariant(route) == 'c'))]));
}
