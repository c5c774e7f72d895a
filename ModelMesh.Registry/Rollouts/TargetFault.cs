using System.Globalization;
using ModelMesh.Contracts.Traffic;

namespace ModelMesh.Registry.Rollouts;

/// <summary>What a rollout's target does worse than it may.</summary>
internal static class TargetFault
{
    // A step is looked at every second, and one bad request too many among the first twenty is common. What came lately is one of many such ends of a step.
    private const double StepDeviations = 2;
    private const double RecentDeviations = 3;

    // The 95th percentile is over a limit exactly when more than this part of the requests is.
    private const double SlowAllowed = 0.05;

    // A step that does not wait for requests would go on past a target that breakers keep them from. Of this many one failure may be chance, two are more than 5 %.
    private const int FewRequests = 20;

    /// <summary>
    /// More requests failed than may, and more than of the old version's (where both fail alike it is not the target); or more first tokens came late than may. Requests that lack
    /// to as many as the rollout demands count as good ones: what is too much even so need not be waited for, and it would be in vain where breakers have opened and keep requests
    /// from the target. Either counts
    /// 1. at any time, where it is more than chance in the step so far;
    /// 2. at any time, where it is more than chance in the latest requests: a long good time before does not carry them;
    /// 3. once the step's time is over, as it stands: the target does not go on. Where the step does not wait for requests, few lack.
    /// </summary>
    /// <returns>The fault as a sentence's end, or null.</returns>
    public static string? Of(Rollout rollout, StepTally step, StepTally recent, bool isOver)
    {
        var demanded = isOver && rollout.Strategy is not RolloutStrategies.Canary ? Math.Min(rollout.MinRequests, FewRequests) : rollout.MinRequests;
        return Of(rollout, step, demanded, isOver ? 0 : StepDeviations, $"in {RolloutText.Step(rollout)}")
            ?? Of(rollout, recent, rollout.MinRequests, RecentDeviations, "lately");
    }

    private static string? Of(Rollout rollout, StepTally tally, int demanded, double deviations, string when)
    {
        var to = tally.To;
        if (ErrorBound.AtLeast(to.Failures, Math.Max(to.Requests, demanded), deviations) > rollout.MaxErrorRate && to.ErrorRate > tally.From.ErrorRate)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{to.Failures} of {to.Requests} requests to '{rollout.To}' failed {when}, and at most {rollout.MaxErrorRate * 100:0.###} % may");
        }

        return rollout.MaxTtftP95Ms is { } limit && ErrorBound.AtLeast(to.Slow, Math.Max(to.FirstTokens, demanded), deviations) > SlowAllowed
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{to.Slow} of {to.FirstTokens} requests to '{rollout.To}' waited longer than {limit:0.###} ms for their first token {when}, and at most {SlowAllowed * 100} % may")
            : null;
    }
}
