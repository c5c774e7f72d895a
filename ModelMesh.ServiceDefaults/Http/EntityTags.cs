using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ModelMesh.ServiceDefaults.Http;

/// <summary>Entity tags made of what an answer shows.</summary>
public static class EntityTags
{
    /// <summary>The quoted tag of a body.</summary>
    public static string OfBody(ReadOnlySpan<byte> body) => $"\"{Digest(body)}\"";

    /// <summary>16 hexadecimal digits that differ where bodies do.</summary>
    public static string Digest(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 8));

    /// <summary>Whether the client says by <c>If-None-Match</c> that it has this already: strong or weak, one of several, or <c>*</c>. A header that cannot be read says nothing.</summary>
    public static bool IsKnown(HttpRequest request, string tag) =>
        request.Headers.IfNoneMatch is { Count: > 0 } known
        && EntityTagHeaderValue.TryParseList(known, out var tags)
        && tags.Any(candidate => candidate.Equals(EntityTagHeaderValue.Any) || string.Equals(candidate.Tag.Value, tag, StringComparison.Ordinal));
}
