namespace ModelMesh.Bench.Compare.Report.Plots;

/// <summary>From the power of ten below the smallest value to the one above the largest.</summary>
internal sealed class LogScale
{
    private const int FewDecades = 2;
    private readonly double _from;
    private readonly double _to;
    private readonly int _first;
    private readonly int _last;

    /// <param name="values">Those that are not above 0 have no logarithm and do not count; they are drawn at the lower end.</param>
    public LogScale(IEnumerable<double> values, double from, double to)
    {
        (_from, _to) = (from, to);
        double[] positive = [.. values.Where(value => value > 0)];
        _first = positive.Length == 0 ? 0 : (int)Math.Floor(Math.Log10(positive.Min()));
        _last = Math.Max(_first + 1, positive.Length == 0 ? 1 : (int)Math.Ceiling(Math.Log10(positive.Max())));
        int[] within = _last - _first <= FewDecades ? [1, 2, 5] : [1];
        Ticks = [.. Enumerable.Range(_first, _last - _first).SelectMany(power => within.Select(digit => digit * Math.Pow(10, power))), Math.Pow(10, _last)];
    }

    public IReadOnlyList<double> Ticks { get; }

    public double At(double value)
    {
        var log = value > 0 ? Math.Log10(value) : _first;
        return _from + ((_to - _from) * Math.Clamp((log - _first) / (_last - _first), 0, 1));
    }
}
