using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Http;

namespace ModelMesh.Registry.Admin;

/// <summary>The names in a path, taken from the request line as it came.</summary>
internal static class ModelPath
{
    /// <summary>The name in <c>/models/{name}…</c>.</summary>
    /// <param name="below">How many segments come before these.</param>
    public static string Name(HttpContext context, int below = 0) => Segment(context, below + 1);

    /// <summary>The version in <c>/models/{name}/versions/{version}</c>.</summary>
    /// <param name="below">How many segments come before these.</param>
    public static ModelId Id(HttpContext context, int below = 0) => new(Segment(context, below + 1), Segment(context, below + 3));

    /// <summary>One part of the path, counted from 0, decoded.</summary>
    /// <exception cref="MeshException"><c>invalid_request</c> where there is no such part.</exception>
    public static string Segment(HttpContext context, int index)
    {
        var segments = RawPath.Of(context).Split('/', StringSplitOptions.RemoveEmptyEntries);

        // The server takes dot segments out of the path it routes by; here each would shift the names after it.
        return index < segments.Length && !Array.Exists(segments, segment => Uri.UnescapeDataString(segment) is "." or "..")
            ? Uri.UnescapeDataString(segments[index])
            : throw MeshException.Invalid("", "the path cannot be read; percent-encode the names in it");
    }
}
