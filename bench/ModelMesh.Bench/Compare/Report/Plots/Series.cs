namespace ModelMesh.Bench.Compare.Report.Plots;

/// <summary>A line in a chart.</summary>
/// <param name="Styles">Its colour, as <see cref="SeriesStyle"/> names it.</param>
/// <param name="Dashes">As SVG's <c>stroke-dasharray</c>; empty for an unbroken line.</param>
/// <param name="Whiskers">From where to where each point goes over the rounds; empty where that is not shown.</param>
internal sealed record Series(string Label, string Styles, string Dashes, IReadOnlyList<(double X, double Y)> Points, IReadOnlyList<(double Min, double Max)> Whiskers);
