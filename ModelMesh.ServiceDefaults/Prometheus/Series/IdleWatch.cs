namespace ModelMesh.ServiceDefaults.Prometheus.Series;

/// <summary>Knows since when nothing was added to a series, by what scrapes saw of it. By one caller at a time.</summary>
internal sealed class IdleWatch(TimeSpan idleAfter, TimeProvider time)
{
    private Dictionary<MetricSeries, (SeriesPoint Point, long Since)> _before = [];
    private Dictionary<MetricSeries, (SeriesPoint Point, long Since)> _now = [];

    /// <summary>Whether a series has stood as it does for so long that it may go. One without labels, of which there can be no more, never does.</summary>
    public bool IsIdle(MetricSeries series, SeriesPoint point)
    {
        if (series.LabelBytes.Length == 0)
        {
            return false;
        }

        var isSame = _before.TryGetValue(series, out var last) && last.Point.IsSameAs(point);
        _now[series] = isSame ? last : (point, time.GetTimestamp());
        return isSame && time.GetElapsedTime(last.Since) >= idleAfter;
    }

    /// <summary>All series have been looked at: those that were not are forgotten.</summary>
    public void Swap()
    {
        (_before, _now) = (_now, _before);
        _now.Clear();
    }
}
