using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Report;

/// <summary>Whether 10,000 registered models cost a request anything that can be told from chance.</summary>
/// <remarks>
/// 1. Reached when the median over rounds of the ratio of 10,000 models to 1 is at most <see cref="Targets.Unmeasurable"/>. 2. Not measured when it is more, but
/// there were three rounds or more, at least one of them had such a ratio, and the median with 10,000 models is not above the highest figure with 1 model: noise that
/// hides a cost does not show that there is none. 3. Missed otherwise.
/// </remarks>
internal static class ScaleTarget
{
    private const int Fewest = 1;
    private const int Most = 10_000;

    // Fewer repeated runs of 1 model say little about how far they spread.
    private const int RoundsForSpread = 3;

    public static TargetRow Judge(Comparison comparison, string what, Func<RunResult, double?> of)
    {
        var runs = new TargetRuns(comparison, "scale", (ContenderNames.Mesh, Most), (ContenderNames.Mesh, Fewest));
        var (many, one) = (runs.Alone(0, of), runs.Alone(1, of));
        return runs.Judge($"scale: {what} with {Most:N0} models ≤ {Targets.Unmeasurable} × that with {Fewest} model",
            runs.Figure(pair => Paired.Ratio(of(pair[0]), of(pair[1]))),
            ratio => $"{ratio.Told(Numbers.Ratio, " ×")}{(Unmeasurable(ratio) ? "" : InSpread(ratio) ? ", which cannot be told from chance" : ratio.Rounds < RoundsForSpread ? "" : ", more than chance")}; {Repeated()}",
            ratio => Unmeasurable(ratio) ? true : InSpread(ratio) ? null : false);

        // 1.
        static bool Unmeasurable(Spread ratio) => ratio.Median <= Targets.Unmeasurable;

        // 2.
        bool InSpread(Spread ratio) => ratio.Rounds >= RoundsForSpread && ratio.Min <= Targets.Unmeasurable && many!.Median <= one!.Max;

        string Repeated() => one!.Rounds < RoundsForSpread
            ? $"fewer than {RoundsForSpread} rounds do not say how far runs with {Fewest} model spread"
            : $"runs with {Fewest} model spread from {Numbers.Ratio(one.Min / one.Median)} to {Numbers.Ratio(one.Max / one.Median)} of their median";
    }
}
