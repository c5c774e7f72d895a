using System.Runtime.InteropServices;

namespace ModelMesh.Registry.Endpoints;

/// <summary>What of a request has a say in which endpoint it goes to.</summary>
/// <param name="HashKey">What keeps requests that belong together at one endpoint; empty when the caller did not say.</param>
/// <param name="PrefixHash">A hash of the beginning of the prompt; 0 where nobody asks for it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EndpointWish(string HashKey, ulong PrefixHash);
