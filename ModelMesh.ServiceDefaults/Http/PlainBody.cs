using Microsoft.AspNetCore.Http;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.ServiceDefaults.Http;

/// <summary>Bodies are read as they come.</summary>
public static class PlainBody
{
    /// <exception cref="MeshException"><c>invalid_request</c>: the body is compressed. Its bytes would be called bad JSON otherwise.</exception>
    public static void Demand(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            throw MeshException.Invalid("", $"the body is sent with Content-Encoding: {encoding}; it must be sent uncompressed");
        }
    }
}
