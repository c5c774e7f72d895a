using ModelMesh.Contracts.Errors;

namespace ModelMesh.Gateway.Registry.Failover;

/// <summary>What a client is told when no route served. Pure.</summary>
internal static class PlanFailure
{
    private const int MaxReasons = 8;
    private const int MaxReasonLength = 300;

    /// <summary>
    /// 1. One route: its error, as it is.
    /// 2. Several: the code of the first that is there, with each one's reason, and the shortest time after which one of them may be asked again.
    /// </summary>
    /// <param name="failures">At least one: those that were asked, in the plan's order, then those that were not.</param>
    public static MeshException Of(IReadOnlyList<RouteFailure> failures)
    {
        // 1
        if (failures.Count == 1)
        {
            return failures[0].Error;
        }

        // 2
        var first = failures.FirstOrDefault(failure => failure.Error.Code != ErrorCode.ModelNotFound) ?? failures[0];
        var reasons = failures.Take(MaxReasons).Select(failure => $"{failure.Model.Name}@{failure.Model.Version}: {Cut(failure.Error.Message)}");
        var left = failures.Count > MaxReasons ? $" And {failures.Count - MaxReasons} more." : "";
        return new MeshException(first.Error.Code, $"None of {failures.Count} model versions served the request. {string.Join(" ", reasons)}{left}", first.Error)
        {
            RetryAfter = failures.Min(failure => failure.Error.RetryAfter),
        };
    }

    private static string Cut(string reason) => reason.Length <= MaxReasonLength ? reason : $"{reason.AsSpan(0, char.IsHighSurrogate(reason[MaxReasonLength - 1]) ? MaxReasonLength - 1 : MaxReasonLength)}…";
}
