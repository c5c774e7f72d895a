using System.Diagnostics;
using System.Globalization;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;
using Xunit.Abstractions;
using static ModelMesh.Registry.Tests.Fakes.PluginFolders;

namespace ModelMesh.Registry.Tests.Plugins;

[Collection(AloneInTheProcess.Name)]
public sealed class ReplacementsUnderLoadTests(ITestOutputHelper output)
{
    private const int Replacements = 100;
    private const int WarmUp = 20;
    private const int Streams = 8;
    private const int TokensEach = 20;

    // One build that something holds is found by counting builds: it costs some 50 KB, which no figure of a process shows. The bounds are for what is left of
    // every replacement elsewhere, from 25 KB managed and 200 KB private on. Below that is what a process that has just begun still grows by: measured to
    // 700 replacements, private memory stays within 1 MiB from the 100th on.
    private const long MostManaged = 2 * 1024 * 1024;
    private const long MostPrivate = 16 * 1024 * 1024;

    [Fact]
    public async Task Replace_100TimesWhile8StreamsRunAllTheTime_NoStreamIsLostAndMemoryStaysFlat()
    {
        await using var registry = await WholeRegistry.StartAsync();
        registry.Folders.Drop(TestPlugin("GoodV1"), "Good");
        await registry.ShowsAsync("Good good 1.0.0 ready");
        await registry.RegisterAsync("chat", "good");
        using var enough = new CancellationTokenSource();
        var load = Enumerable.Range(0, Streams).Select(_ => Task.Run(() => StreamAsync(registry, enough.Token))).ToArray();

        var clock = Stopwatch.StartNew();
        await ReplaceAsync(registry, from: 0, to: WarmUp);
        var before = Measure(registry);
        await ReplaceAsync(registry, from: WarmUp, to: Replacements);
        var took = clock.Elapsed;
        await enough.CancelAsync();
        var answers = (await Task.WhenAll(load)).SelectMany(answer => answer).ToList();
        var after = Measure(registry);

        output.WriteLine($"{Replacements} replacements in {took.TotalSeconds:0.0} s under {answers.Count} streams; after {WarmUp}: {before}; after {Replacements}: {after}");
        string[] whole = [string.Concat(Enumerable.Repeat("v1", TokensEach)), string.Concat(Enumerable.Repeat("v2", TokensEach))];
        Assert.All(answers, answer => Assert.Contains(answer, whole));
        Assert.Equal(2, answers.Distinct(StringComparer.Ordinal).Count());
        Assert.True(answers.Count >= Replacements, $"only {answers.Count} streams ran");
        await Eventually.HoldsAsync(() => registry.Builds() == 1, "one build for one folder");
        Assert.Single(registry.Copies);
        Assert.True(after.Managed - before.Managed < MostManaged, $"managed: {before} → {after}");
        Assert.True(after.Private - before.Private < MostPrivate, $"private: {before} → {after}");
    }

    private static async Task ReplaceAsync(WholeRegistry registry, int from, int to)
    {
        for (var replacement = from; replacement < to; replacement++)
        {
            var version = replacement % 2 == 0 ? 2 : 1;
            registry.Folders.Drop(TestPlugin($"GoodV{version}"), "Good");
            await registry.ShowsAsync($"Good good {version}.0.0 ready");
            Assert.Equal($"v{version}", await registry.AnswerAsync("chat"));
        }
    }

    // A stream after the other. One that fails throws, and with it the test.
    private static async Task<List<string>> StreamAsync(WholeRegistry registry, CancellationToken enough)
    {
        var answers = new List<string>();
        while (!enough.IsCancellationRequested)
        {
            answers.Add(await registry.AnswerAsync("chat", $"{TokensEach},5"));
        }

        return answers;
    }

    private static Memory Measure(WholeRegistry registry)
    {
        for (var pass = 0; pass < 3; pass++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        var anonymous = File.ReadLines("/proc/self/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
        var kilobytes = long.Parse(anonymous.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
        return new Memory(GC.GetTotalMemory(forceFullCollection: true), kilobytes * 1024, registry.Builds());
    }

    private sealed record Memory(long Managed, long Private, int Builds)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Managed / 1048576.0:0.00} MiB managed, {Private / 1048576.0:0.0} MiB private, {Builds} builds");
    }
}
