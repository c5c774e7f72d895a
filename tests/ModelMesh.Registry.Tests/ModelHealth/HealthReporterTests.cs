using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.ModelHealth;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.Testing.Store;
using Xunit;

namespace ModelMesh.Registry.Tests.ModelHealth;

public sealed class HealthReporterTests : HealthScenario
{
    [Theory, OnGarnet, OnRedis]
    public async Task Report_StatesThatChangeAndOnesThatStay_OneLogLineAChange(StoreKind kind)
    {
        var one = await StartAsync(kind, NoProbes);
        await one.RegisterAsync(Patient.Backend);
        var runtime = one.Get<ModelRuntimes>().Find(new ModelId("chat", "v1"))!;
        var log = new RecordedLog<HealthReporter>();
        var reporter = new HealthReporter(one.Get<HealthStore>(), one.Get<HealthBoard>(), one.Get<ICatalog>(), Options.Create(new HealthOptions()), log);
        var ill = new HealthStanding(HealthState.Unhealthy, "no GPU", 1, 1);

        await reporter.ReportAsync(runtime, HealthSource.Active, HealthStanding.Healthy, null, """{"queue":3}""");
        await reporter.ReportAsync(runtime, HealthSource.Active, ill, "no GPU");
        await reporter.ReportAsync(runtime, HealthSource.Active, ill with { Failures = 2 }, "no GPU");
        await reporter.ReportAsync(runtime, HealthSource.Passive, HealthStanding.Healthy, null);

        Assert.Equal(
            [
                (LogLevel.Debug, "The upstream of chat@v1 revision 1 is healthy, was unknown: no fault"),
                (LogLevel.Warning, "The upstream of chat@v1 revision 1 is unhealthy, was healthy: no GPU"),
                (LogLevel.Information, "The upstream of chat@v1 revision 1 is healthy, was unhealthy: no fault"),
            ],
            log.Lines.Select(line => (line.Level, line.Text)));
    }

    [Theory, OnGarnet, OnRedis]
    public async Task Report_OfAnOlderRevision_ChangesNothing(StoreKind kind)
    {
        var one = await StartAsync(kind, NoProbes);
        await one.RegisterAsync(Patient.Backend);
        var records = one.Get<HealthStore>();
        var id = new ModelId("chat", "v1");
        Assert.NotNull(await records.ReportAsync(Report(id, 9, HealthStanding.Healthy)));

        Assert.Null(await records.ReportAsync(Report(id, 8, new HealthStanding(HealthState.Unhealthy))));
        Assert.Equal(new ProbeTurn(IsOurs: false, null), await records.TakeTurnAsync(id, 8, Soon));
        Assert.Equal(HealthState.Healthy, (await records.ReadAsync([id]))[0]!.Standing.State);
        Assert.True((await records.TakeTurnAsync(id, 10, Soon)).IsOurs);
    }

    private static HealthReport Report(ModelId id, long revision, HealthStanding standing) => new(id, revision, HealthSource.Active, standing, null, null, Soon, Soon);
}
