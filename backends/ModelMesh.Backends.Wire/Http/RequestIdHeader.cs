using System.Diagnostics.CodeAnalysis;

namespace ModelMesh.Backends.Wire.Http;

/// <summary>The header that tells an upstream the mesh's id of a request.</summary>
public static class RequestIdHeader
{
    /// <summary>The header's name.</summary>
    public const string Name = "x-request-id";

    /// <summary>Whether there is an id that a header may carry; any other would make the whole request fail, and is not sent.</summary>
    public static bool CanCarry([NotNullWhen(true)] string? requestId) => requestId is { Length: > 0 } && requestId.All(character => character is >= ' ' and <= '~');
}
