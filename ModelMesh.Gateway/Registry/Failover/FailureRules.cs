using ModelMesh.Contracts.Errors;

namespace ModelMesh.Gateway.Registry.Failover;

/// <summary>What a failure means. Pure. None of it is asked once something of the answer has reached the client.</summary>
internal static class FailureRules
{
    /// <summary>
    /// 1. The instance's own fault: another instance; where each had one, the next route, whose version other instances may serve.
    /// 2. The version that the split chose is not there any more: the plan anew, while it may be.
    /// 3. A whole answer that its upstream broke in its midst: the same version once more, while it may be. Before the first token the registry has done that itself.
    /// 4. What another version need not have: the next route.
    /// 5. Anything else is the answer: another would say the same.
    /// </summary>
    public static NextStep After(in Failure failure) => failure switch
    {
        // 1
        { Place: FailurePlace.Instance } => NextStep.AnotherInstance,
        { Place: FailurePlace.AllInstances } => NextStep.AnotherRoute,

        // 2
        { Code: ErrorCode.ModelNotFound, MayPlanAnew: true } => NextStep.NewPlan,

        // 3
        { Place: FailurePlace.AnswersMidst, MayRepeat: true } when IsOfTheVersion(failure.Code) => NextStep.SameVersion,

        // 4
        _ when IsOfTheVersion(failure.Code) || failure.Code is ErrorCode.CapacityExceeded or ErrorCode.RateLimited or ErrorCode.ModelNotFound => NextStep.AnotherRoute,

        // 5
        _ => NextStep.Answer,
    };

    /// <summary>Whether the version's upstream failed, rather than the request, a limit or the mesh: what its circuit breaker counts.</summary>
    public static bool IsOfTheVersion(ErrorCode code) => code is ErrorCode.BackendError or ErrorCode.BackendUnavailable or ErrorCode.Timeout;
}
