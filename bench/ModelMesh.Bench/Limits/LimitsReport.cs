using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ModelMesh.Bench.Limits;

/// <summary>The figures of the README's limits section, as a Markdown table.</summary>
internal static class LimitsReport
{
    private const int Warmup = 1_000;
    private const int Samples = 3_000;

    public static async Task RunAsync(MeshClient mesh, TextWriter output)
    {
        var bare = (await BareMock.FirstTokenMillisecondsAsync(Warmup + Samples))[Warmup..];
        await output.WriteLineAsync("| what | p50 | p99 |\n|---|---|---|");
        Row("time to first token, bare mock", bare);

        await using (await mesh.RegisterAsync("bench-first", new JsonObject { ["tokens"] = 1 }, 1_000))
        {
            var alone = (await FirstTokensAsync(mesh, Warmup + Samples))[Warmup..];
            Row("time to first token through the mesh, 1 client", alone);
            Added("added by the mesh, 1 client", alone, bare);
            var many = (await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => FirstTokensAsync(mesh, 100)))).SelectMany(times => times[20..]).ToArray();
            Row("time to first token through the mesh, 50 clients back to back", many);
            Added("added by the mesh, 50 clients", many, bare);
        }

        await output.WriteLineAsync("\n| what | figure |\n|---|---|");
        await TokensAsync(1, 500_000);
        await TokensAsync(500, 2_000);
        await MemoryAsync();
        return;

        void Row(string what, double[] times) => output.WriteLine($"| {what} | {Percentile(times, 50):0.000} ms | {Percentile(times, 99):0.000} ms |");

        void Added(string what, double[] times, double[] without) =>
            output.WriteLine($"| **{what}** | **{Percentile(times, 50) - Percentile(without, 50):0.000} ms** | **{Percentile(times, 99) - Percentile(without, 99):0.000} ms** |");

        async Task TokensAsync(int streams, int tokens)
        {
            await using var registration = await mesh.RegisterAsync($"bench-{streams}", new JsonObject { ["tokens"] = tokens }, streams);
            async Task<double> RunOnceAsync()
            {
                var start = Stopwatch.GetTimestamp();
                var counts = await Task.WhenAll(Enumerable.Range(0, streams).Select(async _ =>
                {
                    using var stream = await mesh.OpenAsync($"bench-{streams}", "hello");
                    return await stream.ReadToEndAsync();
                }));
                var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
                return Array.TrueForAll(counts, count => count == tokens) ? counts.Sum() / elapsed : throw new InvalidOperationException("Tokens were lost.");
            }

            await RunOnceAsync();
            double[] rates = [await RunOnceAsync(), await RunOnceAsync(), await RunOnceAsync()];
            await output.WriteLineAsync($"| tokens/s through {streams} stream{(streams == 1 ? "" : "s at once")} of {tokens:N0} tokens, median of 3 | {Percentile(rates, 50):N0} |");
        }

        async Task MemoryAsync()
        {
            const int open = 1_000;
            await using var registration = await mesh.RegisterAsync("bench-open", new JsonObject { ["tokens"] = 100, ["token_delay_ms"] = 5_000 }, open);
            var streams = await Task.WhenAll(Enumerable.Range(0, open).Select(_ => mesh.OpenAsync("bench-open", "hello")));
            foreach (var (service, megabytes) in ServiceProcesses.ResidentMemory())
            {
                await output.WriteLineAsync($"| resident memory of {service} with {open:N0} open streams | {megabytes:N0} MB |");
            }

            Array.ForEach(streams, stream => stream.Dispose());
        }
    }

    private static async Task<double[]> FirstTokensAsync(MeshClient mesh, int count)
    {
        var samples = new double[count];
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            using var stream = await mesh.OpenAsync("bench-first", "hello world");
            samples[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            await stream.ReadToEndAsync();
        }

        return samples;
    }

    // Nearest rank.
    private static double Percentile(double[] values, int percent)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * percent / 100.0) - 1)];
    }
}
