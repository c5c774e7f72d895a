namespace ModelMesh.ServiceDefaults.Prometheus.Series;

/// <summary>A gauge's that is set now and then. Never forgotten: nobody knows whether what was said last holds still.</summary>
internal sealed class LastSeries(string labels) : MetricSeries(labels)
{
    private double _value;

    public override bool TryAdd(double value)
    {
        Volatile.Write(ref _value, value);
        return true;
    }

    public override SeriesPoint Read() => new(LabelBytes, Volatile.Read(ref _value));

    public override bool TryRetire(SeriesPoint last) => false;
}
