namespace ModelMesh.ServiceDefaults.Prometheus.Series;

/// <summary>A counter's or an up-down counter's.</summary>
/// <param name="onlyUp">Whether it counts up only. One that goes down, too, can be forgotten at zero alone.</param>
internal sealed class SumSeries(string labels, bool onlyUp) : MetricSeries(labels)
{
    private AtomicSum _sum;

    public override bool TryAdd(double value) => !double.IsFinite(value) || (onlyUp && value < 0) || _sum.TryAdd(value);

    public override SeriesPoint Read() => new(LabelBytes, _sum.Value);

    public override bool TryRetire(SeriesPoint last) => (onlyUp || last.Value == 0) && _sum.TryClose(last.Value);
}
