using System.Buffers;
using System.Globalization;
using System.Text;
using ModelMesh.ServiceDefaults.Prometheus.Names;
using ModelMesh.ServiceDefaults.Prometheus.Series;

namespace ModelMesh.ServiceDefaults.Prometheus.Exposition;

/// <summary>Writes metrics as a scraper reads them.</summary>
internal sealed class ExpositionWriter(IBufferWriter<byte> to, ExpositionFormat format)
{
    private const int LongestNumber = 32;

    private bool IsOpen => format == ExpositionFormat.OpenMetrics;

    /// <summary>A metric that says what the process is.</summary>
    /// <param name="name">Without <c>_info</c>.</param>
    public void WriteInfo(string name, string help, byte[] labels)
    {
        WriteHead(IsOpen ? name : $"{name}_info", IsOpen ? "info" : "gauge", "", help);
        WriteSample(name, "_info", labels, "", 1);
        Write("\n");
    }

    public void Write(FamilySnapshot snapshot)
    {
        var family = snapshot.Family;
        var suffix = family.Kind == MetricKind.Counter ? "_total" : "";
        var type = family.Kind switch
        {
            MetricKind.Counter => "counter",
            MetricKind.Histogram => "histogram",
            _ => "gauge",
        };
        WriteHead(IsOpen ? family.Name.Family : family.Name.Family + suffix, type, family.Name.Unit, family.Help);
        foreach (var point in snapshot.Points)
        {
            if (family is RecordedFamily { Bounds: { } bounds })
            {
                WriteBuckets(family.Name.Family, bounds, point);
            }
            else
            {
                WriteSample(family.Name.Family, suffix, point.Labels, "", point.Value);
                Write("\n");
            }
        }
    }

    public void WriteEnd()
    {
        if (IsOpen)
        {
            Write("# EOF\n");
        }
    }

    /// <summary>A bucket's bound as it stands in its label, which is the same in both formats, so that a change of format changes no series.</summary>
    internal static string Bound(double bound) => bound == Math.Floor(bound) && Math.Abs(bound) < 1e15
        ? bound.ToString("0.0", CultureInfo.InvariantCulture)
        : bound.ToString(CultureInfo.InvariantCulture);

    private void WriteHead(string name, string type, string unit, string help)
    {
        var escaped = help.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
        Write($"# HELP {name} {(IsOpen ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped)}\n");
        Write($"# TYPE {name} {type}\n");
        if (IsOpen && unit.Length > 0)
        {
            Write($"# UNIT {name} {unit}\n");
        }
    }

    private void WriteBuckets(string name, double[] bounds, SeriesPoint point)
    {
        var sum = 0L;
        for (var bucket = 0; bucket < point.Counts!.Length; bucket++)
        {
            sum += point.Counts[bucket];
            WriteSample(name, "_bucket", point.Labels, $"le=\"{(bucket < bounds.Length ? Bound(bounds[bucket]) : "+Inf")}\"", sum);
            if (IsOpen && point.Exemplars![bucket] is { } exemplar)
            {
                Write($" # {{trace_id=\"{exemplar.TraceId}\",span_id=\"{exemplar.SpanId}\"}} ");
                Write(exemplar.Value);
                Write(string.Create(CultureInfo.InvariantCulture, $" {exemplar.At.ToUnixTimeMilliseconds() / 1000.0:0.000}"));
            }

            Write("\n");
        }

        WriteSample(name, "_sum", point.Labels, "", point.Value);
        Write("\n");
        WriteSample(name, "_count", point.Labels, "", sum);
        Write("\n");
    }

    // Without the end of the line.
    private void WriteSample(string name, string suffix, byte[] labels, string bound, double value)
    {
        Write(name);
        Write(suffix);
        if (labels.Length > 0 || bound.Length > 0)
        {
            Write("{");
            to.Write(labels);
            Write(labels.Length > 0 && bound.Length > 0 ? "," : "");
            Write(bound);
            Write("}");
        }

        Write(" ");
        Write(value);
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, to);

    private void Write(double value)
    {
        if (double.IsFinite(value))
        {
            value.TryFormat(to.GetSpan(LongestNumber), out var written, default, CultureInfo.InvariantCulture);
            to.Advance(written);
        }
        else
        {
            Write(double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf");
        }
    }
}
