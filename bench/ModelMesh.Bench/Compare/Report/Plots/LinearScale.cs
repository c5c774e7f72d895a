namespace ModelMesh.Bench.Compare.Report.Plots;

/// <summary>From 0 to a round number that is not below the largest value.</summary>
internal sealed class LinearScale
{
    private const int MostSteps = 5;
    private readonly double _from;
    private readonly double _to;
    private readonly double _end;

    /// <param name="most">The largest value; where it is not above 0, the scale goes to 1.</param>
    /// <param name="from">Where 0 lies, in pixels.</param>
    /// <param name="to">Where its end lies.</param>
    public LinearScale(double most, double from, double to)
    {
        (_from, _to) = (from, to);
        most = most > 0 ? most : 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(most / MostSteps)));
        var factor = (most / MostSteps / power) - 1e-9;
        var step = (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10) * power;
        var steps = (int)Math.Ceiling((most / step) - 1e-9);
        _end = steps * step;
        Ticks = [.. Enumerable.Range(0, steps + 1).Select(tick => tick * step)];
    }

    public IReadOnlyList<double> Ticks { get; }

    public double At(double value) => _from + ((_to - _from) * Math.Clamp(value / _end, 0, 1));
}
