using ModelMesh.EndToEnd.Tests.Harness;
using Xunit;

namespace ModelMesh.EndToEnd.Tests;

/// <summary>What the services' own consoles say of a request, with the settings they come with.</summary>
public sealed class RequestLogTests : IAsyncLifetime
{
    private LogCollector _collector = null!;
    private MeshProcesses _mesh = null!;

    public async Task InitializeAsync()
    {
        _collector = await LogCollector.StartAsync();
        _mesh = await MeshProcesses.StartAsync(registries: 1, settings: new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Backends__leaky__ApiKey"] = "a-key",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _collector.Endpoint,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
        });
        var plugin = Path.Combine(_mesh.DropFolder, "Leaky");
        Directory.CreateDirectory(plugin);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "artifacts", "test-plugins", "Leaky")))
        {
            File.Copy(file, Path.Combine(plugin, Path.GetFileName(file)));
        }

        await Eventually.HoldsAsync(async () => (await _mesh.Registry(0).GetStringAsync(new Uri("/backends", UriKind.Relative))).Contains("\"leaky\"", StringComparison.Ordinal), TimeSpan.FromSeconds(10), "the plugin is loaded");
    }

    public async Task DisposeAsync()
    {
        await _mesh.DisposeAsync();
        await _collector.DisposeAsync();
    }

    [Fact]
    public async Task Registry_OfARequestThatFails_NamesItOnItsOwnLinesAndThePlugins()
    {
        await _mesh.RegisterAsync("leaks", [], 10, type: "leaky");
        await _mesh.RegisterAsync("leaks-embed", [], 10, type: "leaky");

        await PostAsync("/infer", """{"model":"leaks","input":"cut"}""", "log-infer-1");
        await PostAsync("/infer", """{"model":"leaks","input":"cut"}""", "log-infer-2");
        await PostAsync("/embed", """{"model":"leaks-embed","input":"NaN"}""", "log-embed-1");

        foreach (var id in (string[])["log-infer-1", "log-infer-2"])
        {
            await AssertLoggedAsync(_mesh.Registries[0], id, "Calling with ***");
            await AssertLoggedAsync(_mesh.Registries[0], id, "failed at its backend after 0 tokens");
            await AssertLoggedAsync(_mesh.Registries[0], id, $"Model:leaks Version:v1 Revision:{(await _mesh.ReadAsync("leaks"))["revision"]} ");
        }

        await AssertLoggedAsync(_mesh.Registries[0], "log-embed-1", "for embeddings of leaks-embed@v1");

        await Eventually.HoldsAsync(
            () => _collector.Logs.Any(logs => logs.Contains("Calling with ***", StringComparison.Ordinal) && logs.Contains("RequestId", StringComparison.Ordinal) && logs.Contains("log-infer-2", StringComparison.Ordinal)),
            TimeSpan.FromSeconds(10),
            "a collector gets the request's id with the plugin's line");

        // One name for it, and not the server's own beside it.
        Assert.All(_mesh.Registries[0].Output.Split('\n').Where(line => line.Contains("RequestId:", StringComparison.Ordinal)), line => Assert.Equal(2, line.Split("RequestId:").Length));
    }

    [Fact]
    public async Task Gateway_OfARequestThatNoRegistryServes_NamesItOnItsLine()
    {
        await _mesh.RegisterAsync("gone", [], 10);
        _mesh.Registries[0].Kill();

        await PostAsync("/infer", """{"model":"gone","input":"a"}""", "log-gateway-1");

        await AssertLoggedAsync(_mesh.GatewayProcess, "log-gateway-1", "did not serve a request");
        await AssertLoggedAsync(_mesh.GatewayProcess, "log-gateway-1", "Model:gone Version:v1 ");
    }

    private static async Task AssertLoggedAsync(ServiceProcess service, string id, string text) => await Eventually.HoldsAsync(
        () => service.Output.Split('\n').Any(line => line.Contains($"=> RequestId:{id} ", StringComparison.Ordinal) && line.Contains(text, StringComparison.Ordinal)),
        TimeSpan.FromSeconds(10),
        $"a line of {id} with '{text}' in\n{service.Output}");

    private async Task PostAsync(string path, string body, string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add("x-request-id", id);
        using var response = await _mesh.Gateway.SendAsync(request);
        Assert.False(response.IsSuccessStatusCode);
    }
}
