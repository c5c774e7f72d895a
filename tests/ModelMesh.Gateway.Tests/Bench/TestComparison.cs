using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Gateway.Tests.Bench;

/// <summary>Comparisons for tests: a run differs from the next only in what a test says.</summary>
internal static class TestComparison
{
    public static ScenarioFacts Scenario(string name, params Figure[] focus) => new(name, $"title of {name}", $"what {name} does", focus);

    public static Comparison Of(params IReadOnlyList<RunResult> runs) => new(
        new DateOnly(2026, 11, 21), "compare", runs.Select(run => run.Round).DefaultIfEmpty(1).Max(), 30, Comparison.ReleaseBuild, new MachineFacts("a processor", 2, 8, "a system", "a runtime"),
        [.. runs.Select(run => run.Contender).Distinct().Select(name => new ContenderFacts(name, $"{name} 1.0", "as it comes", null))],
        [.. runs.Select(run => run.Scenario).Distinct().Select(name => Scenario(name))],
        runs);

    public static RunResult Run(string scenario, string contender, int round = 1) => new()
    {
        Scenario = scenario,
        Contender = contender,
        Round = round,
        Seconds = 10,
        Requests = 1_000,
        Complete = 1_000,
        Errors = new Dictionary<string, long>(StringComparer.Ordinal),
        Tokens = 10_000,
        FirstToken = Latency.None,
        Gap = Latency.None,
        Total = Latency.None,
        Processes = [],
    };

    public static Latency Milliseconds(double p50, double p99) =>
        new(1_000, p50, p50, (p50 + p99) / 2, p99, p99, p99, [[0, p50 / 2], [50, p50], [90, (p50 + p99) / 2], [99, p99], [99.9, p99], [100, p99]]);

    public static ProcessUse Program(string name, double cpuSeconds = 1, double residentMiB = 100) => new(name, cpuSeconds, residentMiB, name is not ("upstream" or "generator"));

    public static IReadOnlyDictionary<string, long> Kind(string kind, long count) => new Dictionary<string, long>(StringComparer.Ordinal) { [kind] = count };
}
