using System.Globalization;
using Microsoft.Net.Http.Headers;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Http;

namespace ModelMesh.Registry.Admin;

/// <summary>
/// The entity tag of what has a revision: that, a dot, and a digest of what the answer shows, because a model's status and its active streams
/// change without a new revision. <c>If-Match</c> takes that, or the revision alone: an update is about the definition.
/// </summary>
internal static class ETags
{
    public static string OfRevision(long revision, ReadOnlySpan<byte> body) => $"\"{revision.ToString(CultureInfo.InvariantCulture)}.{EntityTags.Digest(body)}\"";

    /// <summary>The revision that <c>If-Match</c> demands, or null when it demands none (absent, or <c>*</c>).</summary>
    /// <exception cref="MeshException"><c>invalid_request</c> when the header cannot be read; <c>precondition_failed</c> when no revision can match.</exception>
    public static long? Expected(HttpRequest request)
    {
        if (request.Headers.IfMatch is not { Count: > 0 } header)
        {
            return null;
        }

        if (!EntityTagHeaderValue.TryParseList(header, out var tags) || tags.Count != 1)
        {
            throw MeshException.Invalid("If-Match", "must be one quoted revision, as ETag gives it, or *");
        }

        if (tags[0].Equals(EntityTagHeaderValue.Any))
        {
            return null;
        }

        return !tags[0].IsWeak && long.TryParse(RevisionOf(tags[0].Tag.AsSpan().Trim('"')), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) && revision > 0
            ? revision
            : throw new MeshException(ErrorCode.PreconditionFailed, "If-Match is no revision.");
    }

    /// <summary>Whether <c>If-Match</c> demands that there is something, whatever its revision.</summary>
    public static bool DemandsAny(HttpRequest request) => request.Headers.IfMatch is ["*"];

    private static ReadOnlySpan<char> RevisionOf(ReadOnlySpan<char> tag) => tag.IndexOf('.') is var dot and >= 0 ? tag[..dot] : tag;
}
