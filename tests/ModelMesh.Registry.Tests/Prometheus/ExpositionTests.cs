using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using ModelMesh.ServiceDefaults.Prometheus.Exposition;
using Xunit;

namespace ModelMesh.Registry.Tests.Prometheus;

public sealed class ExpositionTests
{
    [Fact]
    public async Task Text_Counter_HasTotalInAllItsNames()
    {
        using var scraper = new Scraper();
        scraper.Meter.CreateCounter<long>("mesh.kept", "By", "What \"was\" kept\nin all \\").Add(3, new KeyValuePair<string, object?>("model", "a"));

        Assert.Equal(
            """
            # HELP mesh_kept_bytes_total What "was" kept\nin all \\
            # TYPE mesh_kept_bytes_total counter
            mesh_kept_bytes_total{model="a"} 3

            """,
            await scraper.ReadAsync("mesh_kept_bytes"));
    }

    [Fact]
    public async Task OpenMetrics_Counter_HasTotalInItsSamplesOnlyAndSaysItsUnit()
    {
        using var scraper = new Scraper();
        scraper.Meter.CreateCounter<long>("mesh.kept", "By", "What \"was\" kept\nin all \\").Add(3, new KeyValuePair<string, object?>("model", "a"));

        Assert.Equal(
            """
            # HELP mesh_kept_bytes What \"was\" kept\nin all \\
            # TYPE mesh_kept_bytes counter
            # UNIT mesh_kept_bytes bytes
            mesh_kept_bytes_total{model="a"} 3

            """,
            await scraper.ReadAsync("mesh_kept_bytes", ExpositionFormat.OpenMetrics));
    }

    [Fact]
    public async Task Text_Histogram_HasCumulativeBucketsByTheInstrumentsAdvice()
    {
        using var scraper = new Scraper();
        var wait = scraper.Meter.CreateHistogram("mesh.wait", "s", "Waits", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1, 2.5] });
        foreach (var value in new[] { 0.25, 0.5, 0.75, 9 })
        {
            wait.Record(value);
        }

        wait.Record(double.NaN);

        Assert.Equal(
            """
            # HELP mesh_wait_seconds Waits
            # TYPE mesh_wait_seconds histogram
            mesh_wait_seconds_bucket{le="0.5"} 2
            mesh_wait_seconds_bucket{le="1.0"} 3
            mesh_wait_seconds_bucket{le="2.5"} 3
            mesh_wait_seconds_bucket{le="+Inf"} 4
            mesh_wait_seconds_sum 10.5
            mesh_wait_seconds_count 4

            """,
            await scraper.ReadAsync("mesh_wait_seconds"));
    }

    [Theory]
    [InlineData("s", "mesh_size_seconds", "0.001")]
    [InlineData("ms", "mesh_size_milliseconds", "1.0")]
    [InlineData("By", "mesh_size_bytes", "64.0")]
    [InlineData("{token}", "mesh_size", "1.0")]
    [InlineData("{other}", "mesh_size", "0.0")]
    public async Task Text_HistogramWithoutAdvice_HasBucketsByItsUnit(string unit, string family, string first)
    {
        using var scraper = new Scraper();
        scraper.Meter.CreateHistogram<int>("mesh.size", unit).Record(1);

        Assert.StartsWith($"{family}_bucket{{le=\"{first}\"}}", (await scraper.SamplesAsync(family))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenMetrics_HistogramMeasuredInARecordedTrace_ShowsTheTraceBesideItsBucket()
    {
        using var scraper = new Scraper();
        using var activity = new Activity("request") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.SetIdFormat(ActivityIdFormat.W3C).Start();
        scraper.Meter.CreateHistogram("mesh.wait", "s", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1] }).Record(0.25);

        var line = Regex.Match(await scraper.ReadAsync("mesh_wait_seconds", ExpositionFormat.OpenMetrics), "^mesh_wait_seconds_bucket{le=\"1.0\"}.*$", RegexOptions.Multiline, TimeSpan.FromSeconds(1)).Value;

        Assert.Matches($$"""^mesh_wait_seconds_bucket{le="1.0"} 1 # {trace_id="{{activity.TraceId}}",span_id="{{activity.SpanId}}"} 0.25 \d+\.\d{3}$""", line);
        Assert.DoesNotContain("trace_id", await scraper.ReadAsync("mesh_wait_seconds"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_ValuesThatAreNoNumbers_AreWrittenAsPrometheusDoes()
    {
        using var scraper = new Scraper();
        scraper.Meter.CreateObservableGauge("mesh.odd", () => (Measurement<double>[])[new(double.NaN, Tag("a")), new(double.PositiveInfinity, Tag("b")), new(double.NegativeInfinity, Tag("c"))]);

        Assert.Equal(["mesh_odd{of=\"a\"} NaN", "mesh_odd{of=\"b\"} +Inf", "mesh_odd{of=\"c\"} -Inf"], await scraper.SamplesAsync("mesh_odd"));
    }

    private static KeyValuePair<string, object?> Tag(string value) => new("of", value);
}
