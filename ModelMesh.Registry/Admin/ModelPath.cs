using Microsoft.AspNetCore.Http.Features;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.Registry.Admin;

/// <summary>
/// The names in a path. They are taken from the request line as it came: the server decodes everything in a path but <c>%2F</c>, so its own view
/// cannot tell a name that holds <c>/</c> from one that holds <c>%2F</c>.
/// </summary>
internal static class ModelPath
{
    /// <summary>The name in <c>/models/{name}…</c>.</summary>
    public static string Name(HttpContext context) => Segment(context, 1);

    /// <summary>The version in <c>/models/{name}/versions/{version}</c>.</summary>
    public static ModelId Id(HttpContext context) => new(Segment(context, 1), Segment(context, 3));

    private static string Segment(HttpContext context, int index)
    {
        var segments = RawPath(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget).Split('/', StringSplitOptions.RemoveEmptyEntries);

        // The server takes dot segments out of the path it routes by; here each would shift the names after it.
        return index < segments.Length && !Array.Exists(segments, segment => Uri.UnescapeDataString(segment) is "." or "..")
            ? Uri.UnescapeDataString(segments[index])
            : throw MeshException.Invalid("", "the path cannot be read; percent-encode the names in it");
    }

    // The target is a path, or a whole URL when it came through a proxy.
    private static string RawPath(string target)
    {
        var start = 0;
        if (!target.StartsWith('/') && target.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme)
        {
            var slash = target.IndexOf('/', scheme + 3);
            start = slash < 0 ? target.Length : slash;
        }

        var end = target.AsSpan(start).IndexOfAny('?', '#');
        return end < 0 ? target[start..] : target.Substring(start, end);
    }
}
