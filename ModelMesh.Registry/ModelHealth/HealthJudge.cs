namespace ModelMesh.Registry.ModelHealth;

/// <summary>What an upstream's standing is after one more outcome. Pure.</summary>
internal static class HealthJudge
{
    /// <summary>
    /// 1. an outcome that says nothing changes nothing;
    /// 2. an answer makes it healthy;
    /// 3. one that is starting is expected not to be there yet, and stays starting;
    /// 4. one more failure: nobody there, model or key not known there, or enough failures in a row make it unhealthy;
    /// 5. fewer failures leave the state as it was.
    /// </summary>
    public static HealthStanding AfterTraffic(HealthStanding before, TrafficOutcome outcome, int failuresBeforeUnhealthy)
    {
        switch (outcome.Result)
        {
            // 1.
            case TrafficResult.Nothing:
                return before;

            // 2.
            case TrafficResult.Answered:
                return HealthStanding.Healthy;

            // 3.
            case TrafficResult.Unreachable when before.State == HealthState.Starting:
                return before;
        }

        // 4.
        var failures = before.Failures + 1;
        if (outcome.Result is TrafficResult.Unreachable or TrafficResult.Refused || before.State == HealthState.Unhealthy || failures >= failuresBeforeUnhealthy)
        {
            return new HealthStanding(HealthState.Unhealthy, outcome.Error, failures, before.FailedProbes);
        }

        // 5.
        return before with { Failures = failures };
    }

    /// <summary>
    /// 1. healthy: so it is. Failed requests are still counted, unless it was found unhealthy before: an upstream may well answer probes and nothing else;
    /// 2. starting: so it is; 3. anything else: unhealthy at once, for the upstream itself was asked.
    /// </summary>
    public static HealthStanding AfterProbe(HealthStanding before, HealthFinding finding) => finding.State switch
    {
        // 1.
        HealthState.Healthy => HealthStanding.Healthy with { Failures = before.State == HealthState.Unhealthy ? 0 : before.Failures },

        // 2.
        HealthState.Starting => new HealthStanding(HealthState.Starting, finding.Reason),

        // 3.
        _ => new HealthStanding(HealthState.Unhealthy, finding.Reason, before.Failures + 1, before.FailedProbes + 1),
    };
}
