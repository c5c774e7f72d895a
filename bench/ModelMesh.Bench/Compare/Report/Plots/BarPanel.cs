namespace ModelMesh.Bench.Compare.Report.Plots;

/// <summary>One measure of all contenders, on an axis of its own.</summary>
/// <param name="Unit">As it is written after the number, with its space where one belongs.</param>
internal sealed record BarPanel(string Title, string Unit, IReadOnlyList<Bar> Bars);

/// <summary>One contender in a panel.</summary>
/// <param name="Value">Null when it was not measured.</param>
internal sealed record Bar(string Label, string Styles, Spread? Value);
