using System.Runtime.InteropServices;

namespace ModelMesh.Gateway.Registry.Balancing;

/// <summary>What of a request the choice of an instance may depend on.</summary>
/// <param name="HashKey">What keeps requests that belong together at one instance; null when the caller did not say.</param>
/// <param name="PrefixHash">A hash of the beginning of the prompt; 0 where it is not needed.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BalanceHint(string? HashKey, ulong PrefixHash);
