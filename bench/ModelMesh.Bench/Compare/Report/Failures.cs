using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Report;

/// <summary>What went wrong in some runs together.</summary>
internal sealed record Failures(long Failed, long Requests, string ByKind)
{
    public bool MoreThan(double part) => Failed > Requests * part;

    public override string ToString() => $"{Failed:N0} of {Requests:N0} requests failed";

    public static Failures Of(IReadOnlyList<RunResult> runs)
    {
        var kinds = runs.SelectMany(run => run.Errors)
            .GroupBy(error => error.Key, error => error.Value, StringComparer.Ordinal)
            .Select(group => (Kind: group.Key, Count: group.Sum()))
            .Where(kind => kind.Count > 0)
            .OrderByDescending(kind => kind.Count).ThenBy(kind => kind.Kind, StringComparer.Ordinal);
        return new(runs.Sum(run => run.Failed), runs.Sum(run => run.Requests), string.Join(", ", kinds.Select(kind => $"{kind.Count:N0} × {kind.Kind}")));
    }
}
