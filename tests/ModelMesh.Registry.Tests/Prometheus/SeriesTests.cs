using System.Diagnostics.Metrics;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.ServiceDefaults.Prometheus;
using Xunit;

namespace ModelMesh.Registry.Tests.Prometheus;

public sealed class SeriesTests
{
    [Fact]
    public async Task Measured_ByManyThreads_NothingIsLost()
    {
        using var scraper = new Scraper();
        var work = scraper.Meter.CreateCounter<long>("mesh.work");
        var wait = scraper.Meter.CreateHistogram("mesh.wait", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1] });

        Parallel.For(0, 8, _ =>
        {
            for (var turn = 0; turn < 10_000; turn++)
            {
                work.Add(1, Model("a"), new KeyValuePair<string, object?>("outcome", "ok"));
                wait.Record(0.5);
            }
        });

        Assert.Equal(["mesh_work_total{model=\"a\",outcome=\"ok\"} 80000"], await scraper.SamplesAsync("mesh_work"));
        Assert.Equal("mesh_wait_bucket{le=\"1.0\"} 80000", (await scraper.SamplesAsync("mesh_wait"))[0]);
        Assert.Contains("mesh_wait_sum 40000", await scraper.SamplesAsync("mesh_wait"));
    }

    [Fact]
    public async Task Measured_SameLabelsInAnotherOrderAndOfAnotherType_AreOneSeries()
    {
        using var scraper = new Scraper();
        var work = scraper.Meter.CreateCounter<long>("mesh.work");
        work.Add(1, Model("a"), new KeyValuePair<string, object?>("step", 1));
        work.Add(1, new KeyValuePair<string, object?>("step", "1"), Model("a"));
        work.Add(1, Model("a"), new KeyValuePair<string, object?>("step", "1"), new KeyValuePair<string, object?>("none", null));
        work.Add(1, Model("a"), new KeyValuePair<string, object?>("step", new Version(1, 0)));

        Assert.Equal(["mesh_work_total{model=\"a\",step=\"1\"} 3", "mesh_work_total{model=\"a\",step=\"1.0\"} 1"], await scraper.SamplesAsync("mesh_work"));
    }

    [Fact]
    public async Task Measured_MoreLabelsThanThereAreSeries_RestIsAddedUpInOneAndCounted()
    {
        using var scraper = new Scraper(new MetricsOptions { MaxSeries = 100 });
        var work = scraper.Meter.CreateCounter<long>("mesh.work");
        foreach (var model in Enumerable.Range(0, 102))
        {
            work.Add(1, new KeyValuePair<string, object?>("model", model));
        }

        work.Add(1, new KeyValuePair<string, object?>("model", 0));

        var samples = await scraper.SamplesAsync("mesh_work");
        Assert.Equal(101, samples.Length);
        Assert.Equal("mesh_work_total{model=\"0\"} 2", samples[0]);
        Assert.Equal("mesh_work_total{otel_metric_overflow=\"true\"} 2", samples[^1]);
        Assert.Equal(["modelmesh_metrics_overflows_total 2"], await scraper.SamplesAsync("modelmesh_metrics_overflows"));
    }

    [Fact]
    public async Task Observed_FewerLabelsAgain_SeriesForTheRestIsGone()
    {
        using var scraper = new Scraper(new MetricsOptions { MaxSeries = 1 });
        var models = new List<string> { "a", "b" };
        scraper.Meter.CreateObservableGauge("mesh.ready", () => models.Select(model => new Measurement<int>(1, Model(model))));
        Assert.Equal(["mesh_ready{model=\"a\"} 1", "mesh_ready{otel_metric_overflow=\"true\"} 1"], await scraper.SamplesAsync("mesh_ready"));

        models.Remove("b");

        Assert.Equal(["mesh_ready{model=\"a\"} 1"], await scraper.SamplesAsync("mesh_ready"));
    }

    [Fact]
    public async Task Idle_LongEnough_CounterAndHistogramGoAndBeginAnewAndMakeRoom()
    {
        var time = new ManualTime();
        using var scraper = new Scraper(new MetricsOptions { MaxSeries = 1 }, time);
        var work = scraper.Meter.CreateCounter<long>("mesh.work");
        var wait = scraper.Meter.CreateHistogram<double>("mesh.wait");
        work.Add(5, Model("a"));
        wait.Record(5, Model("a"));
        await scraper.SamplesAsync("mesh_work");
        time.Move(TimeSpan.FromMinutes(59));
        Assert.Equal(["mesh_work_total{model=\"a\"} 5"], await scraper.SamplesAsync("mesh_work"));

        time.Move(TimeSpan.FromMinutes(1));
        Assert.Empty(await scraper.SamplesAsync("mesh_work"));
        Assert.Empty(await scraper.SamplesAsync("mesh_wait"));

        work.Add(1, Model("b"));
        Assert.Equal(["mesh_work_total{model=\"b\"} 1"], await scraper.SamplesAsync("mesh_work"));
    }

    [Fact]
    public async Task Idle_ButMeasuredMeanwhile_Stays()
    {
        var time = new ManualTime();
        using var scraper = new Scraper(time: time);
        var work = scraper.Meter.CreateCounter<long>("mesh.work");
        work.Add(5, Model("a"));
        await scraper.SamplesAsync("mesh_work");
        time.Move(TimeSpan.FromHours(2));
        work.Add(1, Model("a"));

        Assert.Equal(["mesh_work_total{model=\"a\"} 6"], await scraper.SamplesAsync("mesh_work"));
    }

    [Fact]
    public async Task Idle_WhatMustNotBeForgotten_Stays()
    {
        var time = new ManualTime();
        using var scraper = new Scraper(time: time);
        var running = scraper.Meter.CreateUpDownCounter<long>("mesh.running");
        running.Add(1, Model("busy"));
        running.Add(1, Model("idle"));
        running.Add(-1, Model("idle"));
        scraper.Meter.CreateCounter<long>("mesh.plain").Add(1);
        scraper.Meter.CreateGauge<long>("mesh.level").Record(3, Model("a"));
        await scraper.SamplesAsync("mesh_running");
        time.Move(TimeSpan.FromHours(2));

        Assert.Equal(["mesh_running{model=\"busy\"} 1"], await scraper.SamplesAsync("mesh_running"));
        Assert.Equal(["mesh_plain_total 1"], await scraper.SamplesAsync("mesh_plain"));
        Assert.Equal(["mesh_level{model=\"a\"} 3"], await scraper.SamplesAsync("mesh_level"));

        running.Add(-1, Model("busy"));
        Assert.Equal(["mesh_running{model=\"busy\"} 0"], await scraper.SamplesAsync("mesh_running"));
    }

    private static KeyValuePair<string, object?> Model(string name) => new("model", name);
}
