namespace ModelMesh.ServiceDefaults.Balancing;

/// <summary>A place that can serve a request.</summary>
/// <param name="Key">What it is known by, the same in every process: hashes are taken of it.</param>
/// <param name="Weight">Its share relative to the others'; at least 1.</param>
/// <param name="InFlight">How many requests it serves now, as far as the chooser knows; at least 0.</param>
public readonly record struct BalanceCandidate(string Key, int Weight, int InFlight);
