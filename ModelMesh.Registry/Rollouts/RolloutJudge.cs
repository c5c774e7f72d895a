using System.Globalization;
using ModelMesh.Contracts.Traffic;

namespace ModelMesh.Registry.Rollouts;

/// <summary>
/// Decides what becomes of an active rollout. Pure.
/// 1. the old version is gone: failed, the target keeps what it has;
/// 2. the target is gone, or failed everywhere after it got traffic: rolled back, or failed where nothing was moved yet;
/// 3. the target does worse than it may: rolled back, also while paused;
/// 4. paused: nothing;
/// 5. not begun: the first step once the target is ready; failed when it is not within the step's duration, or 10 s where a replica is still about to serve it;
/// 6. draining: completed when the old version is idle, or at the time-out;
/// 7. the step is not over: nothing;
/// 8. a canary that saw too few requests: it waits, and is rolled back at the step's time-out, for what was not seen is not proven;
/// 9. the last step: completed, or blue-green's drain;
/// 10. the next step.
/// </summary>
internal static class RolloutJudge
{
    // A replica that has not yet heard of a version, or not yet made its backend, is not to fail a rollout of short steps.
    private const long LeastPatienceMs = 10_000;

    public static RolloutVerdict Judge(Rollout rollout, RolloutEvidence evidence)
    {
        // 1.
        if (!evidence.HasSource)
        {
            return new RolloutVerdict.Fail($"'{rollout.From}' is not registered any more; '{rollout.To}' keeps the weight that it has.");
        }

        // 2.
        if (evidence.Target.State is TargetState.Gone || (evidence.Target.State is TargetState.Failed && rollout.Step >= 0))
        {
            var reason = $"'{rollout.To}' cannot serve: {evidence.Target.Reason}.";
            return rollout.Step >= 0 ? new RolloutVerdict.RollBack($"Rolled back: {reason}") : new RolloutVerdict.Fail($"{reason} Nothing was moved.");
        }

        // 3.
        var elapsed = (evidence.Now - (rollout.DrainStart ?? rollout.StepStart ?? rollout.CreatedAt)).TotalMilliseconds;
        var isOver = elapsed >= rollout.StepDurationMs && rollout.Status is not RolloutStatuses.Paused;
        if (rollout.Step >= 0 && TargetFault.Of(rollout, evidence.Step, evidence.Recent, isOver) is { } fault)
        {
            return new RolloutVerdict.RollBack($"Rolled back: {fault}.");
        }

        // 4.
        if (rollout.Status is RolloutStatuses.Paused)
        {
            return new RolloutVerdict.Stay(rollout.Message);
        }

        return rollout switch
        {
            // 5.
            { Step: < 0 } => Begin(rollout, evidence.Target, elapsed),

            // 6.
            { DrainStart: not null } => Drained(rollout, evidence.SourceActive, elapsed),

            // 7.
            _ when !isOver => new RolloutVerdict.Stay(rollout.Message),

            // 8.
            { Strategy: RolloutStrategies.Canary } when evidence.Step.To.Requests < rollout.MinRequests => TooFew(rollout, evidence.Step.To.Requests, elapsed),

            // 9.
            _ when rollout.Step == rollout.Steps.Count - 1 => rollout.Strategy is RolloutStrategies.BlueGreen
                ? new RolloutVerdict.Drain($"All traffic goes to '{rollout.To}'; waits for the requests that '{rollout.From}' still has.")
                : new RolloutVerdict.Complete($"All traffic goes to '{rollout.To}'; '{rollout.From}' stays registered with weight 0."),

            // 10.
            _ => Enter(rollout, rollout.Step + 1),
        };
    }

    private static RolloutVerdict Begin(Rollout rollout, TargetReadiness target, double elapsed)
    {
        if (target.State is TargetState.Ready)
        {
            return Enter(rollout, 0);
        }

        var patience = target.State is TargetState.Waiting ? Math.Max(rollout.StepDurationMs, LeastPatienceMs) : rollout.StepDurationMs;
        return elapsed >= patience
            ? new RolloutVerdict.Fail($"'{rollout.To}' was not ready within {RolloutText.Seconds(patience)}: {target.Reason}. Nothing was moved.")
            : new RolloutVerdict.Stay($"Waits until '{rollout.To}' is ready: {target.Reason}.");
    }

    private static RolloutVerdict Drained(Rollout rollout, int active, double elapsed) =>
        active == 0 ? new RolloutVerdict.Complete($"All traffic goes to '{rollout.To}'; '{rollout.From}' is idle and stays registered with weight 0.")
        : elapsed >= rollout.DrainTimeoutMs ? new RolloutVerdict.Complete(string.Create(
            CultureInfo.InvariantCulture,
            $"All traffic goes to '{rollout.To}'; '{rollout.From}' still had {active} {(active == 1 ? "request" : "requests")} after {RolloutText.Seconds(rollout.DrainTimeoutMs)}, which run to their end, and stays registered with weight 0."))
        : new RolloutVerdict.Stay(rollout.Message);

    private static RolloutVerdict TooFew(Rollout rollout, long requests, double elapsed) => elapsed >= rollout.StepTimeoutMs
        ? new RolloutVerdict.RollBack(string.Create(
            CultureInfo.InvariantCulture,
            $"Rolled back: {requests} requests reached '{rollout.To}' in {RolloutText.Step(rollout)} within {RolloutText.Seconds(rollout.StepTimeoutMs)}, and it takes {rollout.MinRequests} to judge it."))
        : new RolloutVerdict.Stay(string.Create(
            CultureInfo.InvariantCulture, $"{Begun(rollout, rollout.Step)} Waits for more requests: it takes {rollout.MinRequests} to judge it."));

    private static RolloutVerdict.Enter Enter(Rollout rollout, int step) => new(step, Begun(rollout, step));

    private static string Begun(Rollout rollout, int step) => string.Create(
        CultureInfo.InvariantCulture, $"{Capital(RolloutText.Step(rollout, step))}: {rollout.Steps[step]} % of the traffic goes to '{rollout.To}'.");

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
