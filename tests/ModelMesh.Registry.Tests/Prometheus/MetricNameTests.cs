using ModelMesh.ServiceDefaults.Prometheus.Names;
using Xunit;

namespace ModelMesh.Registry.Tests.Prometheus;

public sealed class MetricNameTests
{
    [Theory]
    [InlineData("modelmesh.gateway.requests", "{request}", "Counter", "modelmesh_gateway_requests", "")]
    [InlineData("work.total", null, "Counter", "work", "")]
    [InlineData("work_total", "s", "Counter", "work_seconds", "seconds")]
    [InlineData("work.total", null, "Gauge", "work_total", "")]
    [InlineData("wait", "s", "Histogram", "wait_seconds", "seconds")]
    [InlineData("wait.seconds", "s", "Histogram", "wait_seconds", "seconds")]
    [InlineData("microseconds", "s", "Histogram", "microseconds_seconds", "seconds")]
    [InlineData("kept", "By", "Counter", "kept_bytes", "bytes")]
    [InlineData("speed", "By/s", "Gauge", "speed_bytes_per_second", "bytes_per_second")]
    [InlineData("speed", "{token}/s", "Gauge", "speed_per_second", "per_second")]
    [InlineData("share", "1", "Gauge", "share_ratio", "ratio")]
    [InlineData("share", "1", "Counter", "share", "")]
    [InlineData("odd", "furlong", "Gauge", "odd_furlong", "furlong")]
    [InlineData("a..b-c__d", null, "Gauge", "a_b_c_d", "")]
    [InlineData("2fast", null, "Gauge", "_2fast", "")]
    public void Of_InstrumentAndUnit_IsNamedByTheRules(string instrument, string? unit, string kind, string family, string spelled) =>
        Assert.Equal(new MetricName(family, spelled), MetricName.Of(instrument, unit, Enum.Parse<MetricKind>(kind)));
}
