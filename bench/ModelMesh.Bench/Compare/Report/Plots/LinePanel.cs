namespace ModelMesh.Bench.Compare.Report.Plots;

/// <summary>One measure over what varies, on an axis of its own.</summary>
/// <param name="Unit">As it is written after the number, with its space where one belongs.</param>
internal sealed record LinePanel(string Title, string Unit, IReadOnlyList<Series> Series);
