using System.Runtime.InteropServices;

namespace ModelMesh.Registry.Endpoints;

/// <summary>What of a request has a say in which endpoint it goes to.</summary>
/// <param name="HashKey">What keeps requests that belong together at one endpoint; empty when the caller did not say.</param>
/// <param name="PrefixHash">A hash of the beginning of the prompt; 0 where nobody asks for it.</param>
/// <param name="Avoided">A bit for each endpoint that is asked only where no other takes the request.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EndpointWish(string HashKey, ulong PrefixHash, ulong Avoided = 0)
{
    private const int Most = 64;

    /// <param name="endpoint">Counted from 1; what is no endpoint's number is none.</param>
    public static ulong BitOf(int endpoint) => endpoint is > 0 and <= Most ? 1UL << (endpoint - 1) : 0;
}
