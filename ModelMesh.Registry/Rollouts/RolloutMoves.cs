using ModelMesh.Contracts.Traffic;

namespace ModelMesh.Registry.Rollouts;

/// <summary>What verdicts and operators make of a rollout. Pure.</summary>
internal static class RolloutMoves
{
    /// <returns>Null where nothing changes.</returns>
    public static RolloutChange? Apply(Rollout rollout, RolloutVerdict verdict, RolloutEvidence evidence)
    {
        var next = rollout with { Message = verdict.Message };
        switch (verdict)
        {
            case RolloutVerdict.Enter enter:
                next = WithFigures(next, evidence.Step) with
                {
                    Status = RolloutStatuses.Running,
                    Step = enter.Step,
                    StepStart = evidence.Now,
                    Start = rollout.Start ?? evidence.Now,
                };
                return new RolloutChange(next, TrafficSplit.Weights(rollout.TotalWeight, rollout.Steps[enter.Step]));
            case RolloutVerdict.Drain:
                return new RolloutChange(WithFigures(next, evidence.Step) with { DrainStart = evidence.Now }, null);
            case RolloutVerdict.Complete:
                return new RolloutChange(Ended(next, RolloutStatuses.Completed, evidence.Step, evidence.Now), null);
            case RolloutVerdict.RollBack:
                return new RolloutChange(Ended(next, RolloutStatuses.RolledBack, evidence.Step, evidence.Now), Before(rollout));
            case RolloutVerdict.Fail:
                return new RolloutChange(Ended(next, RolloutStatuses.Failed, evidence.Step, evidence.Now), null);
            default:
                return next.Message == rollout.Message ? null : new RolloutChange(next, null);
        }
    }

    /// <summary>The step's time stops; it is judged for faults all the same.</summary>
    public static RolloutChange Pause(Rollout rollout) => new(rollout with { Status = RolloutStatuses.Paused, Message = $"Paused by an operator{At(rollout)}." }, null);

    /// <summary>The step begins its time anew: how its target did while nobody wanted it to go on says nothing of how long it held.</summary>
    public static RolloutChange Resume(Rollout rollout, DateTimeOffset now) => new(
        rollout with
        {
            Status = rollout.Step < 0 ? RolloutStatuses.Pending : RolloutStatuses.Running,
            StepStart = now,
            DrainStart = rollout.DrainStart is null ? null : now,
            Message = $"Resumed by an operator{At(rollout)}.",
        },
        null);

    public static RolloutChange Abort(Rollout rollout, StepTally step, DateTimeOffset now) => new(
        Ended(rollout with { Message = $"Aborted by an operator{At(rollout)}; the weights are as before." }, RolloutStatuses.RolledBack, step, now),
        rollout.Step < 0 ? null : Before(rollout));

    private static Rollout Ended(Rollout rollout, string status, StepTally step, DateTimeOffset now) => WithFigures(rollout, step) with { Status = status, End = now };

    private static Rollout WithFigures(Rollout rollout, StepTally step) =>
        rollout.Step < 0 ? rollout : rollout with { FromFigures = step.From.Figures, ToFigures = step.To.Figures };

    private static TrafficSplit Before(Rollout rollout) => new(rollout.FromWeight, rollout.ToWeight);

    private static string At(Rollout rollout) => rollout.Step < 0 ? " before its first step" : $" at {RolloutText.Step(rollout)}";
}
