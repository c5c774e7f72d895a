using System.Net;
using ModelMesh.Bench.Compare.Load;
using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare;

/// <summary>The load generator alone, against an address that already runs.</summary>
internal sealed record LoadCommand(Target Target, Workload Workload)
{
    /// <exception cref="FormatException">An argument is wrong.</exception>
    public static LoadCommand Parse(IReadOnlyList<string> arguments)
    {
        var parsed = new Arguments("load", arguments, "--url", "--model", "--tokens", "--size", "--first", "--gap", "--answer", "--prompt-bytes", "--rate", "--clients", "--seconds", "--http");
        var plan = new TokenPlan(
            parsed.Number("--tokens", 100, 1, 10_000_000),
            parsed.Number("--size", TokenPlan.Digits + 1, TokenPlan.Digits + 1, 1_000),
            parsed.Number("--first", 0, 0, 600_000),
            parsed.Number("--gap", 0, 0, 600_000));
        var time = TimeSpan.FromSeconds(parsed.Number("--seconds", 10, 1, 3_600));
        var rate = parsed.Number("--rate", 0, 1, 100_000);
        var isStream = parsed.Choice("--answer", "stream", "whole") == "stream";
        if (rate > 0 && parsed.Text("--clients", "").Length > 0)
        {
            throw new FormatException("--rate and --clients are two ways to send; only one can be given.");
        }

        if (!isStream && plan.Tokens > TokenPlan.MostInOnePiece)
        {
            throw new FormatException($"--tokens must be at most {TokenPlan.MostInOnePiece} with --answer whole, not '{plan.Tokens}'.");
        }

        return new LoadCommand(
            new Target(parsed.Address("--url", "http://localhost:8080")) { ModelOf = _ => parsed.Text("--model", plan.ModelName) },
            new Workload
            {
                Plan = plan,
                Arrivals = rate > 0 ? new Arrivals.Rate(rate, time) : new Arrivals.Clients(parsed.Number("--clients", 50, 1, 10_000), time),
                Stream = isStream,
                PromptBytes = parsed.Number("--prompt-bytes", 32, 1, 10_000_000),
                HttpVersion = parsed.Choice("--http", "1.1", "2") == "2" ? HttpVersion.Version20 : HttpVersion.Version11,
            });
    }

    /// <returns>The exit code: 0 when every answer was complete.</returns>
    public async Task<int> RunAsync(TextWriter output)
    {
        using var load = new LoadRun(Target, Workload);
        var record = new RunRecord();
        var since = TimeProvider.System.GetTimestamp();
        await load.RunAsync(record);
        var seconds = TimeProvider.System.GetElapsedTime(since).TotalSeconds;
        await output.WriteLineAsync($"complete       {record.Complete} of {record.Requests} in {seconds:0.0} s: {record.Complete / seconds:0.0} requests/s, {record.Tokens / seconds:0} tokens/s");
        foreach (var (kind, count) in record.Errors)
        {
            await output.WriteLineAsync($"failed         {count}: {kind}");
        }

        if (Workload.Arrivals is Arrivals.Clients)
        {
            await output.WriteLineAsync("Clients that wait for their answers send nothing meanwhile: these times are not corrected for coordinated omission. Times that are: --rate.");
        }

        await output.WriteLineAsync("ms                  p50       p90       p99     p99.9       max");
        await output.WriteLineAsync(Row("first token", record.FirstToken.ToLatency()));
        await output.WriteLineAsync(Row("gap", record.Gap.ToLatency()));
        await output.WriteLineAsync(Row("whole answer", record.Total.ToLatency()));
        return record.Complete == record.Requests ? 0 : 1;
    }

    private static string Row(string name, Latency latency) =>
        $"{name,-14}{latency.P50,9:0.00} {latency.P90,9:0.00} {latency.P99,9:0.00} {latency.P999,9:0.00} {latency.Max,9:0.00}";
}
