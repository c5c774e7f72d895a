using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Rollouts;

namespace ModelMesh.Registry.Ui.Rollouts;

/// <summary>A rollout and its steps, all that its page draws.</summary>
public sealed record RolloutChart(RolloutSheet Rollout, IReadOnlyList<RolloutStepSheet> Steps)
{
    /// <summary>Pure. A step without a tally is shown by what the rollout's entry says of its last step, as far as it does.</summary>
    internal static RolloutChart Of(Rollout rollout, IReadOnlyList<StepTally> tallies)
    {
        List<RolloutStepSheet> steps = [.. rollout.Steps.Select((planned, index) => StepOf(rollout, index, planned, index < tallies.Count ? tallies[index] : null))];
        var shares = TrafficShares.Of(rollout);
        var last = rollout.Step >= 0 ? steps[rollout.Step] : null;
        return new RolloutChart(
            new RolloutSheet(
                Uri.EscapeDataString(rollout.Model),
                rollout.RequestId,
                rollout.Model,
                rollout.From,
                rollout.To,
                rollout.Strategy,
                rollout.Status,
                rollout.Message,
                rollout.Step + 1,
                rollout.Steps.Count,
                rollout.Step < 0 ? "not begun" : $"{FigureText.Number(rollout.Step + 1)} of {FigureText.Number(rollout.Steps.Count)}",
                shares.From,
                shares.To,
                last?.ToRequests ?? 0,
                $"{FigureText.Number(last?.ToRequests ?? 0)} of {FigureText.Number(rollout.MinRequests)}",
                last?.ToError ?? "–",
                last?.ToTtftMs,
                rollout.MaxErrorRate,
                rollout.MaxTtftP95Ms,
                rollout.MinRequests,
                rollout.StepStart,
                rollout.Start,
                rollout.End,
                rollout.CreatedAt,
                rollout.Revision),
            steps);
    }

    private static RolloutStepSheet StepOf(Rollout rollout, int index, int planned, StepTally? tally)
    {
        var isLast = index == rollout.Step;
        var from = tally?.From.Figures ?? (isLast ? rollout.FromFigures : null);
        var to = tally?.To.Figures ?? (isLast ? rollout.ToFigures : null);
        return new RolloutStepSheet(
            index + 1,
            planned,
            StateOf(rollout, index),
            from?.Requests,
            from?.Failures,
            Rate(from),
            RolloutWords.Percent(Rate(from)),
            from?.TtftP95Ms,
            to?.Requests,
            to?.Failures,
            Rate(to),
            RolloutWords.Percent(Rate(to)),
            to?.TtftP95Ms);
    }

    private static string StateOf(Rollout rollout, int index) =>
        index > rollout.Step ? "ahead"
        : index < rollout.Step || rollout.Status is RolloutStatuses.Completed ? "done"
        : rollout.IsActive ? "now"
        : "stopped";

    private static double? Rate(RolloutFigures? figures) => figures is { Requests: > 0 } ? (double)figures.Failures / figures.Requests : null;
}
