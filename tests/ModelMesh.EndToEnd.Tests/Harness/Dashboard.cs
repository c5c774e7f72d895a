using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using ModelMesh.LocalHosting;

namespace ModelMesh.EndToEnd.Tests.Harness;

/// <summary>The real Aspire dashboard on ports of its own: takes what services export, and tells it again.</summary>
internal sealed class Dashboard : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ProcessWatchdog _watchdog;
    private readonly StringBuilder _output = new();
    private readonly HttpClient _client;

    private Dashboard(Process process, Uri address, string otlp)
    {
        (_process, Otlp) = (process, otlp);
        _client = new HttpClient { BaseAddress = address };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        _watchdog = new ProcessWatchdog(process.Id);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where services send to, by gRPC.</summary>
    public string Otlp { get; }

    public static async Task<Dashboard> StartAsync()
    {
        var cli = AspireCli.Find()!;
        var (frontend, grpc, http) = (Address(), Address(), Address());
        var start = new ProcessStartInfo(
            cli.Path, ["dashboard", "run", "--frontend-url", frontend, "--otlp-grpc-url", grpc, "--otlp-http-url", http, "--allow-anonymous", "--non-interactive", "--nologo"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "true";
        start.Environment["ASPIRE_CLI_GENERATE_HTTPS_CERTIFICATE"] = "false";
        start.Environment["NO_COLOR"] = "1";
        start.Environment["HOME"] = cli.Home ?? start.Environment["HOME"];
        var dashboard = new Dashboard(new Process { StartInfo = start }, new Uri(frontend), grpc);
        try
        {
            await Eventually.HoldsAsync(dashboard.AnswersAsync, TimeSpan.FromSeconds(60), "the dashboard answers");
        }
        catch (TimeoutException exception)
        {
            await dashboard.DisposeAsync();
            throw new InvalidOperationException($"The dashboard did not start:\n{dashboard._output}", exception);
        }

        return dashboard;
    }

    /// <summary>All that it holds of a signal, <c>traces</c> or <c>logs</c>.</summary>
    public Task<string> ReadAsync(string signal) => _client.GetStringAsync(new Uri($"/api/telemetry/{signal}", UriKind.Relative));

    /// <summary>The spans of one trace, from all services.</summary>
    public async Task<IReadOnlyList<DashboardSpan>> SpansAsync(string trace) =>
        [.. from resource in Items(JsonNode.Parse(await ReadAsync("traces"))!["data"]!["resourceSpans"])
            let service = DashboardSpan.Value(resource["resource"]!, "service.name")
            from scope in Items(resource["scopeSpans"])
            from span in Items(scope["spans"])
            where (string?)span["traceId"] == trace
            select new DashboardSpan(service, span)];

    /// <summary>The log records of one trace, from all services.</summary>
    public async Task<IReadOnlyList<JsonNode>> LogsAsync(string trace) =>
        [.. from resource in Items(JsonNode.Parse(await ReadAsync("logs"))!["data"]!["resourceLogs"])
            from scope in Items(resource["scopeLogs"])
            from log in Items(scope["logRecords"])
            where (string?)log["traceId"] == trace
            select log];

    public async ValueTask DisposeAsync()
    {
        // The CLI is only the starter of the dashboard.
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _watchdog.Dispose();
        _process.Dispose();
        _client.Dispose();
    }

    private static string Address() => $"http://127.0.0.1:{LoopbackPort.Free()}";

    private static IEnumerable<JsonNode> Items(JsonNode? array) => array?.AsArray().Select(item => item!) ?? [];

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await ReadAsync("traces");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
