using System.Diagnostics;
using System.Text.Json.Nodes;
using ModelMesh.Bench.Limits;

namespace ModelMesh.Bench.Ui;

/// <summary>What an open page of the admin UI costs the registries: processor time with and without it, in turns, so that what else the machine does falls on both.</summary>
internal static class UiReport
{
    private const int Models = 500;
    private const int Streams = 1_000;
    private const int Turns = 4;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(MeshClient mesh, Uri registry, TextWriter output)
    {
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var registrations = new List<IAsyncDisposable>();
        OpenStream[] streams = [];
        var reading = Task.CompletedTask;
        try
        {
            for (var model = 0; model < Models; model++)
            {
                registrations.Add(await mesh.RegisterAsync($"bench-ui-{model}", new JsonObject { ["tokens"] = 100_000, ["token_delay_ms"] = 500 }, 100));
            }

            streams = await Task.WhenAll(Enumerable.Range(0, Streams).Select(stream => mesh.OpenAsync($"bench-ui-{stream % Models}", "hello")));
            reading = Task.WhenAll(streams.Select(stream => stream.ReadToEndAsync()));
            await UsedAsync();
            await output.WriteLineAsync($"| {Models} models, {Streams:N0} streams of 2 tokens/s: open page | part of a core, all registries together | sent to it |\n|---|---|---|");
            foreach (var path in (string[])["/ui/models", "/ui/requests"])
            {
                await MeasureAsync(http, new Uri(registry, path), output);
            }
        }
        finally
        {
            Array.ForEach(streams, stream => stream.Dispose());
            await reading.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            foreach (var registration in registrations)
            {
                await registration.DisposeAsync();
            }
        }
    }

    private static async Task MeasureAsync(HttpClient http, Uri page, TextWriter output)
    {
        var (without, with, bytes) = (0.0, 0.0, 0L);
        for (var turn = 0; turn < Turns; turn++)
        {
            // First without and then with, then the other way round: what slowly gets quicker or slower falls on both alike.
            without += turn % 2 == 0 ? await UsedAsync() : 0;
            await using (var open = await OpenPage.OpenAsync(http, page))
            {
                with += await UsedAsync();
                bytes += open.Bytes;
            }

            without += turn % 2 == 1 ? await UsedAsync() : 0;
        }

        await output.WriteLineAsync($"| {page.AbsolutePath} | {100 * (with - without) / Turns:0.0} % (with {100 * with / Turns:0.0} %, without {100 * without / Turns:0.0} %) | {bytes / Turns / Turn.TotalSeconds / 1024:0.0} KiB/s |");
    }

    private static async Task<double> UsedAsync()
    {
        var (before, since) = (ServiceProcesses.ProcessorTime("ModelMesh.Registry"), Stopwatch.GetTimestamp());
        await Task.Delay(Turn, TimeProvider.System);
        return (ServiceProcesses.ProcessorTime("ModelMesh.Registry") - before) / Stopwatch.GetElapsedTime(since);
    }
}
