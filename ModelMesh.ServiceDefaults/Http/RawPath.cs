using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ModelMesh.ServiceDefaults.Http;

/// <summary>
/// The path as it came on the request line. The server decodes everything in a path but <c>%2F</c>, so its own view cannot tell a name that holds <c>/</c> from one
/// that holds <c>%2F</c>.
/// </summary>
public static class RawPath
{
    /// <summary>The path, still percent-encoded, without its query.</summary>
    public static string Of(HttpContext context)
    {
        // The target is a path, or a whole URL when it came through a proxy.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
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
