using ModelMesh.Contracts.Errors;

namespace ModelMesh.Registry.Ui.Playground;

/// <summary>Whether a call comes from a page of this registry. A call that costs tokens must not be one that any page in an operator's browser can make. Pure.</summary>
internal static class OwnPage
{
    /// <summary>
    /// 1. A browser that says where a call comes from is believed: pages cannot write that header.
    /// 2. One that does not, since the registry is reached over plain http, names the page's origin: its host must be the one that was called.
    /// 3. What is no browser says neither, and is not what this is about.
    /// </summary>
    /// <exception cref="MeshException"><c>permission_denied</c>.</exception>
    public static void Demand(HttpRequest request)
    {
        if (!IsOwn(request.Headers["Sec-Fetch-Site"], request.Headers.Origin, request.Host))
        {
            throw new MeshException(ErrorCode.PermissionDenied, "The playground takes calls of this registry's own pages only.");
        }
    }

    internal static bool IsOwn(string? site, string? origin, HostString host) => (site, origin) switch
    {
        // 1.
        ({ Length: > 0 }, _) => site is "same-origin",

        // 2.
        (_, { Length: > 0 }) => Uri.TryCreate(origin, UriKind.Absolute, out var page) && new HostString(page.Authority) == host,

        // 3.
        _ => true,
    };
}
