namespace ModelMesh.Bench.Compare.Report;

/// <summary>One figure over the rounds of a run.</summary>
/// <param name="Rounds">How many rounds had a figure; at least 1.</param>
internal sealed record Spread(double Median, double Min, double Max, int Rounds)
{
    /// <summary>A round without a figure, or with one that is no finite number, does not count.</summary>
    /// <returns>Null when no round counts.</returns>
    public static Spread? Of(IEnumerable<double?> perRound)
    {
        double[] sorted = [.. perRound.OfType<double>().Where(double.IsFinite).Order()];
        if (sorted.Length == 0)
        {
            return null;
        }

        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new(median, sorted[0], sorted[^1], sorted.Length);
    }

    /// <summary>As <c>1.31 (1.28–1.40)</c>, then the unit.</summary>
    public string Told(Func<double, string> number, string unit = "") =>
        Rounds == 1 ? $"{number(Median)}{unit} (one round)" : $"{number(Median)} ({number(Min)}–{number(Max)}){unit}";
}
