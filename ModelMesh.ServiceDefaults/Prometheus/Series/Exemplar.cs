using System.Diagnostics;

namespace ModelMesh.ServiceDefaults.Prometheus.Series;

/// <summary>A measurement with the trace that it was made in.</summary>
internal sealed record Exemplar(double Value, string TraceId, string SpanId, DateTimeOffset At)
{
    /// <summary>Null where no trace is recorded, so that there would be nothing to look at.</summary>
    public static Exemplar? Of(double value, TimeProvider time) =>
        Activity.Current is { Recorded: true } activity ? new Exemplar(value, activity.TraceId.ToHexString(), activity.SpanId.ToHexString(), time.GetUtcNow()) : null;
}
