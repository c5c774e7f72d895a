using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ModelMesh.EndToEnd.Tests.Harness;
using ModelMesh.Testing.RealParts;
using Xunit;

namespace ModelMesh.EndToEnd.Tests.Metrics;

/// <summary>What both services show at <c>/metrics</c> once they have served traffic.</summary>
[Collection(SharedMesh.Name)]
public sealed class MetricsTests(SharedMesh shared) : IAsyncLifetime
{
    private const string Chat = "metrics-chat";
    private const string Full = "metrics-full";

    // .NET's own names end with what promtool knows as the end of a histogram's sample; dashboards of others go by them.
    private static readonly string[] NamesOfTheRuntime = ["dotnet_assembly_count", "dotnet_process_cpu_count", "dotnet_timer_count"];
    private static readonly string[] Ours = ["modelmesh_", "gen_ai_", "process_", "target_"];

    private HttpClient Gateway => shared.Mesh.Gateway;

    // The first registry has the traffic, whichever of them answers the gateway.
    private IEnumerable<HttpClient> Registries => [shared.Mesh.Registry(0), shared.Mesh.Registry(1)];

    public async Task InitializeAsync()
    {
        if (await HasModelAsync())
        {
            return;
        }

        await shared.Mesh.RegisterAsync(Chat, new JsonObject { ["tokens"] = 5, ["token_delay_ms"] = 1 }, 8);
        await shared.Mesh.RegisterAsync(Full, new JsonObject { ["hang"] = true }, 1);
        for (var turn = 0; turn < 8; turn++)
        {
            await using var call = shared.Mesh.Infer(Chat);
            Assert.True((await call.Outcome).IsComplete);
        }

        using var embedded = await Gateway.PostAsJsonAsync("/embed", new { model = Chat, input = "a" });
        Assert.True(embedded.IsSuccessStatusCode, await embedded.Content.ReadAsStringAsync());
        await using var hanging = shared.Mesh.Infer(Full);
        await using var store = await StoreReader.ConnectAsync(shared.Mesh.Store.ConnectionString);
        await Eventually.HoldsAsync(async () => await store.LeasesOfAsync(Full) == 1, TimeSpan.FromSeconds(10), "the only slot is taken");
        using var refused = await Gateway.PostAsJsonAsync("/infer", new { model = Full, input = "a" });
        Assert.Equal(429, (int)refused.StatusCode);
        hanging.Leave();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Metrics_OfBothServices_AreThoseOfTheDocumentWithNoOtherLabels()
    {
        var documented = DocumentedMetric.All();
        foreach (var (where, metrics) in new[] { ("gateway", await OfGatewayAsync()), ("registry", await OfRegistriesAsync()) })
        {
            var ours = metrics.Where(metric => Ours.Any(start => metric.Name.StartsWith(start, StringComparison.Ordinal))).ToList();
            var rows = documented.Where(row => row.Where == where || row.Where == "both").ToList();

            Assert.Equal(rows.Select(row => $"{row.Name} {row.Type}").Order(StringComparer.Ordinal), ours.Select(metric => $"{metric.Name} {metric.Type}").Distinct().Order(StringComparer.Ordinal));
            Assert.Empty(ours.SelectMany(metric => metric.Labels.Except(rows.Single(row => row.Name == metric.Name).Labels).Select(label => $"{metric.Name}{{{label}}}")));
        }
    }

    [Fact]
    public async Task Metrics_ThatDashboardAndRulesName_AreExportedOrRecorded()
    {
        var exported = (await OfGatewayAsync()).Concat(await OfRegistriesAsync()).ToList();
        var asked = ObservabilityFiles.Metrics(exported.Where(metric => metric.Type is "histogram").Select(metric => metric.Name).ToHashSet(StringComparer.Ordinal));

        Assert.Contains("modelmesh_gateway_time_to_first_token_seconds", asked);
        Assert.Contains("modelmesh:gateway_failures:ratio5m", asked);
        Assert.Empty(asked.Except(exported.Select(metric => metric.Name)).Except(ObservabilityFiles.Recorded()));
    }

    [Fact]
    public async Task Targets_OfTheRegistry_AreTheReplicasOwnAddresses()
    {
        var targets = (await shared.Mesh.Registry(0).GetFromJsonAsync<JsonArray>(new Uri("/metrics/targets", UriKind.Relative)))!;

        Assert.Equal(
            Registries.Select(registry => registry.BaseAddress!.Authority).Order(StringComparer.Ordinal),
            targets.SelectMany(target => target!["targets"]!.AsArray()).Select(target => target!.GetValue<string>()).Order(StringComparer.Ordinal));
    }

    [OnRealPart(RealPart.Promtool)]
    public async Task Promtool_ReadsTheMetricsOfBothServices_AndFindsFaultWithNoneOfOurs()
    {
        foreach (var service in Registries.Prepend(Gateway))
        {
            var (_, output) = await Promtool.RunAsync(await service.GetStringAsync(new Uri("/metrics", UriKind.Relative)), "check", "metrics");

            var faults = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ExceptBy(NamesOfTheRuntime, line => line.Split(' ')[0], StringComparer.Ordinal);
            Assert.Empty(faults);
        }
    }

    [OnRealPart(RealPart.Promtool)]
    public async Task Promtool_ChecksAndTestsTheRules_AllHold()
    {
        string[][] commands = [["check", "config", "prometheus.yml"], ["check", "rules", "recording.yml"], ["check", "rules", "alerts.yml"], ["test", "rules", "alerts.test.yml"]];
        foreach (var command in commands)
        {
            var (exitCode, output) = await Promtool.RunAsync("", [.. command[..2], Path.Combine(ObservabilityFiles.Folder, command[2])]);

            Assert.True(exitCode == 0, output);
        }
    }

    private async Task<bool> HasModelAsync()
    {
        using var response = await shared.Mesh.Registry(0).GetAsync(new Uri($"/models/{Full}", UriKind.Relative));
        return response.IsSuccessStatusCode;
    }

    private Task<IReadOnlyList<ScrapedMetric>> OfGatewayAsync() => ScrapedMetric.ReadAsync(Gateway);

    private async Task<IReadOnlyList<ScrapedMetric>> OfRegistriesAsync() => [.. (await Task.WhenAll(Registries.Select(ScrapedMetric.ReadAsync))).SelectMany(metrics => metrics)];
}
