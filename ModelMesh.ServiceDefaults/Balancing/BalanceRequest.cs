using System.Runtime.InteropServices;

namespace ModelMesh.ServiceDefaults.Balancing;

/// <summary>What a choice may depend on, besides the candidates.</summary>
/// <param name="HashKey">What keeps requests that belong together at one place; null or empty when the caller did not say.</param>
/// <param name="PrefixHash">A hash of the beginning of the prompt; 0 when there is none.</param>
/// <param name="Turn">How many choices were made before among these candidates; it may wrap.</param>
/// <param name="Roll">A random number, at least 0 and below 1.</param>
/// <param name="SecondRoll">Another one.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BalanceRequest(string? HashKey, ulong PrefixHash, uint Turn, double Roll, double SecondRoll);
