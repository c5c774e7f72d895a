using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using ModelMesh.EndToEnd.Tests.Harness;
using Xunit;

namespace ModelMesh.EndToEnd.Tests;

/// <summary>The front door itself: what <c>dotnet run --project ModelMesh.AppHost</c> starts, serves, and leaves behind.</summary>
public sealed class AppHostTests
{
    private static readonly TimeSpan StopBound = TimeSpan.FromSeconds(10);

    [OnLauncherTheory]
    [InlineData(PosixSignal.SIGINT)]
    [InlineData(PosixSignal.SIGTERM)]
    public async Task Signal_WithStreamsRunning_EachGetsItsErrorEventAndEveryProcessIsGoneWithinTenSeconds(PosixSignal signal)
    {
        await using var host = await AppHostProcess.StartAsync();
        await host.RegisterAsync("endless", new JsonObject { ["tokens"] = 100_000, ["token_delay_ms"] = 50 }, 10);
        var streams = Enumerable.Range(0, 6).Select(_ => InferCall.Start(host.Gateway, "endless", "hello")).ToArray();
        await Task.WhenAll(streams.Select(stream => stream.FirstToken));
        Assert.True(host.Processes.Count >= 5, "AppHost, a store, two registries and a gateway");

        var signalled = Stopwatch.GetTimestamp();
        host.Signal(signal);
        var outcomes = await Task.WhenAll(streams.Select(stream => stream.Outcome));
        await Eventually.HoldsAsync(() => host.Processes.Count == 0, StopBound - Stopwatch.GetElapsedTime(signalled), $"no process is left\n{host.Output}");

        Assert.All(outcomes, outcome =>
        {
            Assert.Equal("error", outcome.Last);
            Assert.Equal("backend_unavailable", outcome.ErrorCode);
        });
        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }
    }

    [OnLauncherFact]
    public async Task Kill9_OfAppHost_LeavesNoProcessAndNoSecondStoreCanTakeTheFolderBefore()
    {
        await using var host = await AppHostProcess.StartAsync();
        Assert.True(host.Processes.Count >= 5);
        Assert.Contains(host.LockHolders, command => command.Contains("garnet", StringComparison.OrdinalIgnoreCase) && !command.Contains("tool run", StringComparison.Ordinal));
        host.Kill();
        await Eventually.HoldsAsync(() => host.Processes.Count == 0, StopBound, "no process is left");
    }
}
