namespace ModelMesh.Bench.Compare.Report;

/// <summary>A target and what became of it.</summary>
/// <param name="Measured">With its unit and its spread; of a target that was not measured, why.</param>
/// <param name="Reached">Null when it was not measured.</param>
internal sealed record TargetRow(string Target, string Measured, bool? Reached);
