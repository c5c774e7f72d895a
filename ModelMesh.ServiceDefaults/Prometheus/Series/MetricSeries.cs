using System.Text;

namespace ModelMesh.ServiceDefaults.Prometheus.Series;

/// <summary>One series of a metric: what was measured with one set of labels. Adding is lock-free and allocates nothing.</summary>
/// <param name="labels">The text between a sample's braces.</param>
internal abstract class MetricSeries(string labels)
{
    public string Labels { get; } = labels;

    public byte[] LabelBytes { get; } = Encoding.UTF8.GetBytes(labels);

    /// <summary>The tags that lead here. Written under the table's lock.</summary>
    public List<TagSet> Keys { get; } = [];

    /// <returns>False when the series is retired: the measurement is another's.</returns>
    public abstract bool TryAdd(double value);

    /// <summary>How it stands. By one caller at a time.</summary>
    public abstract SeriesPoint Read();

    /// <summary>Takes nothing more from now on, unless something was added since <see cref="Read"/> gave a point, or it must not be lost.</summary>
    public abstract bool TryRetire(SeriesPoint last);
}
