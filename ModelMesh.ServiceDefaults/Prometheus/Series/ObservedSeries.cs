namespace ModelMesh.ServiceDefaults.Prometheus.Series;

/// <summary>An observed instrument's: what it said in the round that is under way. Its callbacks all run on one thread.</summary>
internal sealed class ObservedSeries(string labels, ObservationRound round) : MetricSeries(labels)
{
    private double _value;
    private long _round;

    public bool IsInRound => _round == round.Number;

    /// <summary>Two instruments that say something of the same labels are added up.</summary>
    public override bool TryAdd(double value)
    {
        _value = IsInRound ? _value + value : value;
        _round = round.Number;
        return true;
    }

    public override SeriesPoint Read() => new(LabelBytes, _value);

    public override bool TryRetire(SeriesPoint last) => !IsInRound;
}

/// <summary>Counts how often observed instruments were asked.</summary>
internal sealed class ObservationRound
{
    public long Number { get; private set; }

    public void Begin() => Number++;
}
