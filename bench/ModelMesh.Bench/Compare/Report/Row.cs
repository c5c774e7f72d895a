using ModelMesh.Bench.Compare.Results;

namespace ModelMesh.Bench.Compare.Report;

/// <summary>All rounds of one view of one contender in one scenario and variant.</summary>
/// <param name="Label">Tells it apart from the other rows of its table.</param>
/// <param name="VariantLabel">What it varies, in words; null where nothing varies.</param>
internal sealed record Row(View View, int Variant, string Label, string? VariantLabel, IReadOnlyList<RunResult> Runs)
{
    /// <summary>Whether anything is under test, as there is not when the upstream is called directly.</summary>
    public bool HasPrograms => Runs.Any(run => View.Sum(run, _ => 0) is not null);
}
