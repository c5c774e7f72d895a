using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ModelMesh.EndToEnd.Tests.Harness;
using Xunit;

namespace ModelMesh.EndToEnd.Tests;

/// <summary>
/// A mesh whose plugin says its secret wherever a plugin can say anything but its answer. Whatever is logged at the finest level, answered by HTTP and
/// kept in the store is searched for it.
/// </summary>
public sealed class SecretsTests : IAsyncLifetime
{
    private const string FromEnvironment = "hush-env-5f2c81d94b7e4a06";
    private const string FromFile = "hush/file 9a+70=3b\"62d1";
    private const string Default = "hush-default-1c77e0a2";

    // A fault of the mesh that shows the beginning of a secret is one that shows the secret.
    private static readonly string[] Sought = ["hush-env-5f2", "hush/file 9a", "hush%2Ffile", "hush-default"];

    private readonly string _file = Path.GetTempFileName();
    private readonly StringBuilder _answers = new();
    private MeshProcesses _mesh = null!;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(_file, FromFile + "\n");
        _mesh = await MeshProcesses.StartAsync(registries: 1, settings: new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["MODELMESH_TEST_KEY"] = FromEnvironment,
            ["Backends__leaky__ApiKey"] = Default,
            ["Health__ProbeInterval"] = "00:00:01",
            ["Logging__LogLevel__Default"] = "Trace",
            ["Logging__LogLevel__Microsoft"] = "Trace",
            ["Logging__LogLevel__Grpc"] = "Trace",
            ["Logging__LogLevel__System.Net.Http"] = "Trace",
            ["Logging__Console__FormatterOptions__IncludeScopes"] = "true",
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
        File.Delete(_file);
    }

    [Fact]
    public async Task Mesh_ItsPluginTellsItsSecretsEverywhere_NoLogNoAnswerAndNoKeyOfTheStoreHoldsOne()
    {
        using var listening = new CancellationTokenSource();
        var events = ListenAsync(listening.Token);
        string?[] references = ["env:MODELMESH_TEST_KEY", $"file:{_file}", null];
        foreach (var (index, reference) in references.Index())
        {
            await PostAsync($"served-{index}", reference, null);
            await PostAsync($"fails-{index}", reference, "later");
            await PostAsync($"refused-{index}", reference, "settings");
            await PostAsync($"breaks-{index}", reference, "unexpectedly");
            foreach (var order in (string[])["invalid", "ordinary", "midstream", "unauthenticated", "cut"])
            {
                await InferAsync($"served-{index}", order);
            }

            await InferAsync($"fails-{index}", "hello");
        }

        // What was found of each upstream last is what its own check said.
        await Eventually.HoldsAsync(
            async () => (await _mesh.Registry(0).GetStringAsync(new Uri("/models", UriKind.Relative))).Split("the key *** was not taken").Length > references.Length,
            TimeSpan.FromSeconds(20),
            "each upstream was asked for its health");

        // And what an operator gets wrong, the secret itself in place of its reference.
        await PostAsync("raw", FromEnvironment, null);
        await PostAsync("raw-env", $"env:{FromEnvironment}", null);
        await PostAsync("raw-file", $"file:{FromFile}", null);
        foreach (var path in (string[])["/models", "/models/served-0", "/models/fails-1/versions/v1", "/backends", "/instances", "/health"])
        {
            Record(await _mesh.Registry(0).GetAsync(new Uri(path, UriKind.Relative)));
        }

        foreach (var index in Enumerable.Range(0, references.Length))
        {
            Record(await _mesh.Registry(0).DeleteAsync(new Uri($"/models/served-{index}/versions/v1", UriKind.Relative)));
        }

        await Eventually.HoldsAsync(() => _mesh.Outputs().Contains("failed to dispose", StringComparison.Ordinal), "the plugin has said its last");
        await listening.CancelAsync();
        _answers.Append(await events);
        await using var store = await StoreReader.ConnectAsync(_mesh.Store.ConnectionString);
        var (log, kept) = (_mesh.Outputs(), await store.DumpAsync());

        // That there was something to find.
        Assert.Contains("Calling with ***", log, StringComparison.Ordinal);
        Assert.Contains("System.TimeoutException: inner ***", log, StringComparison.Ordinal);
        Assert.Contains("the upstream does not like ***", _answers.ToString(), StringComparison.Ordinal);
        Assert.Contains("cut message with ***", _answers.ToString(), StringComparison.Ordinal);
        Assert.Contains("the key *** was refused", _answers.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"status_reason\":\"InvalidOperationException: the key *** does not fit\"", _answers.ToString(), StringComparison.Ordinal);
        Assert.Contains("the key *** was not taken", _answers.ToString(), StringComparison.Ordinal);
        Assert.Contains("is unhealthy, was unknown: ", log, StringComparison.Ordinal);
        Assert.Contains("event: error", _answers.ToString(), StringComparison.Ordinal);
        Assert.Contains("env:MODELMESH_TEST_KEY", kept, StringComparison.Ordinal);
        Assert.All(Sought, secret =>
        {
            Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, _answers.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(secret, kept, StringComparison.Ordinal);
        });
    }

    private async Task PostAsync(string name, string? reference, string? refuse)
    {
        var backend = new JsonObject { ["disposes_badly"] = true };
        if (reference is not null)
        {
            backend["api_key"] = reference;
        }

        if (refuse is not null)
        {
            backend["refuse"] = refuse;
        }

        Record(await _mesh.Registry(0).PostAsJsonAsync("/models", new { name, version = "v1", backend_type = "leaky", max_concurrency = 10, backend }));
    }


    private async Task InferAsync(string model, string input) => Record(await _mesh.Gateway.PostAsJsonAsync("/infer", new { model, version = "v1", input }));

    private void Record(HttpResponseMessage answer)
    {
        using (answer)
        using (var reader = new StreamReader(answer.Content.ReadAsStream()))
        {
            _answers.Append((int)answer.StatusCode).Append(' ').Append(answer.Headers).AppendLine(reader.ReadToEnd());
        }
    }

    private async Task<string> ListenAsync(CancellationToken until)
    {
        var seen = new StringBuilder();
        try
        {
            using var reader = new StreamReader(await _mesh.Registry(0).GetStreamAsync(new Uri("/events", UriKind.Relative), until));
            while (await reader.ReadLineAsync(until) is { } line)
            {
                seen.AppendLine(line);
            }
        }
        catch (OperationCanceledException) when (until.IsCancellationRequested)
        {
            // Heard enough.
        }

        return seen.ToString();
    }
}
