using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ModelMesh.Registry.Tests.Prometheus;

public sealed class CollectorTests
{
    [Fact]
    public async Task Read_InstrumentsOfOneNameAndKind_AreAddedUp()
    {
        using var scraper = new Scraper();
        scraper.Meter.CreateCounter<long>("mesh.work").Add(1);
        scraper.Other("ModelMesh.Other").CreateCounter<double>("mesh_work").Add(2.5);

        Assert.Equal(["mesh_work_total 3.5"], await scraper.SamplesAsync("mesh_work"));
    }

    [Fact]
    public async Task Read_InstrumentOfATakenNameAndAnotherKind_IsLeftOutAndTheOperatorWarned()
    {
        using var scraper = new Scraper();
        scraper.Meter.CreateCounter<long>("mesh.work").Add(1);
        scraper.Other("ModelMesh.Other").CreateUpDownCounter<long>("mesh.work").Add(5);

        Assert.Equal(["mesh_work_total 1"], await scraper.SamplesAsync("mesh_work"));
        var warning = Assert.Single(scraper.Log.Lines, line => line.Level == LogLevel.Warning);
        Assert.Contains("mesh.work of meter ModelMesh.Other", warning.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_MetersOfAnotherHostAndOfOthersLibraries_AreNotHeard()
    {
        using var scraper = new Scraper();
        using var other = new Scraper();
        other.Meter.CreateCounter<long>("mesh.work").Add(1);
        scraper.Other("Somebody.Else").CreateCounter<long>("mesh.work").Add(1);

        Assert.Empty(await scraper.ReadAsync("mesh_work"));
        Assert.NotEmpty(await other.ReadAsync("mesh_work"));
    }

    [Fact]
    public async Task Read_ObservedSeriesThatIsNotSpokenOfAnyMore_IsGone()
    {
        using var scraper = new Scraper();
        var models = new List<string> { "a", "b" };
        scraper.Meter.CreateObservableGauge("mesh.ready", () => models.Select(model => new Measurement<int>(1, new KeyValuePair<string, object?>("model", model))));
        Assert.Equal(["mesh_ready{model=\"a\"} 1", "mesh_ready{model=\"b\"} 1"], await scraper.SamplesAsync("mesh_ready"));

        models.Remove("a");

        Assert.Equal(["mesh_ready{model=\"b\"} 1"], await scraper.SamplesAsync("mesh_ready"));
    }

    [Fact]
    public async Task Read_AGaugeThatThrows_IsMissingAndTheOthersAreThere()
    {
        using var scraper = new Scraper();
        scraper.Meter.CreateObservableGauge("mesh.broken", int () => throw new InvalidOperationException("no"));
        scraper.Meter.CreateObservableGauge("mesh.whole", () => 7);

        Assert.Equal(["mesh_whole 7"], await scraper.SamplesAsync("mesh_whole"));
        Assert.Empty(await scraper.SamplesAsync("mesh_broken"));
        Assert.Contains(scraper.Log.Lines, line => line.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task Read_MeterThatIsDisposed_TakesItsMetricsAlong()
    {
        using var scraper = new Scraper();
        using var meter = new Meter("ModelMesh.Brief");
        meter.CreateCounter<long>("mesh.brief.collector_test").Add(1);
        Assert.NotEmpty(await scraper.ReadAsync("mesh_brief_collector_test"));

        meter.Dispose();

        Assert.Empty(await scraper.ReadAsync("mesh_brief_collector_test"));
    }

    [Fact]
    public async Task Read_ManyAtOnceWhileMeasured_NeverSeeASumFall()
    {
        using var scraper = new Scraper();
        var work = scraper.Meter.CreateCounter<long>("mesh.work");
        using var over = new CancellationTokenSource();
        var measuring = Task.Run(() =>
        {
            while (!over.IsCancellationRequested)
            {
                work.Add(1);
            }
        });

        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var seen = new List<double>();
            for (var turn = 0; turn < 50; turn++)
            {
                seen.AddRange((await scraper.SamplesAsync("mesh_work")).Select(line => double.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)));
            }

            return seen;
        }));
        var all = await Task.WhenAll(readers);
        await over.CancelAsync();
        await measuring;

        Assert.All(all, seen => Assert.Equal(seen.Order(), seen));
    }
}
