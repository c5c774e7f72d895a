using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Report;

/// <summary>A contender as it is shown: with all of its programs, or without its store.</summary>
internal sealed record View(string Contender, string Label, bool WithStore)
{
    public const string Store = "store";

    public static IReadOnlyList<View> Of(string contender) => contender == ContenderNames.Mesh
        ? [new(contender, contender, WithStore: true), new(contender, $"{contender} without store", WithStore: false)]
        : [new(contender, contender, WithStore: true)];

    /// <returns>Null where nothing is under test, as when the upstream is called directly.</returns>
    public double? Sum(RunResult run, Func<ProcessUse, double> used) => Sum(run.Processes, used);

    /// <inheritdoc cref="Sum(RunResult, Func{ProcessUse, double})"/>
    public double? Sum(IEnumerable<ProcessUse> processes, Func<ProcessUse, double> used)
    {
        ProcessUse[] counted = [.. processes.Where(process => process.UnderTest && (WithStore || process.Name != Store))];
        return counted.Length == 0 ? null : counted.Sum(used);
    }
}
