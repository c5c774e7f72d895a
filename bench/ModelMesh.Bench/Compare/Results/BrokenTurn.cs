namespace ModelMesh.Bench.Compare.Results;

/// <summary>A contender's turn in a scenario that was broken off: it gave no result, or not all of it.</summary>
/// <param name="Round">From 1.</param>
internal sealed record BrokenTurn(string Scenario, string Contender, int Round, string Why);
