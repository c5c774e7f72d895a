using ModelMesh.Registry.Tests.Fakes;
using Xunit;

namespace ModelMesh.Registry.Tests.Prometheus;

[Collection(AloneInTheProcess.Name)]
public sealed class SeriesAllocationTests
{
    [Fact]
    public void Measured_WithTagsThatWereSeenBefore_AllocatesNothing()
    {
        using var scraper = new Scraper();
        var work = scraper.Meter.CreateCounter<long>("mesh.work");
        var wait = scraper.Meter.CreateHistogram<double>("mesh.wait", "s");
        var model = new KeyValuePair<string, object?>("model", "a");
        var version = new KeyValuePair<string, object?>("version", "v1");

        Allocated.IsNothing(() =>
        {
            work.Add(1, model, version, new KeyValuePair<string, object?>("outcome", "ok"));
            wait.Record(0.1, model, version);
        });
    }
}
