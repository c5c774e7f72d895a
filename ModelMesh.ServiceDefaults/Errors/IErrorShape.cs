using Microsoft.AspNetCore.Http;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.ServiceDefaults.Errors;

/// <summary>How one API writes an error. Stateless and thread-safe.</summary>
public interface IErrorShape
{
    /// <summary>The body as JSON.</summary>
    ReadOnlyMemory<byte> Write(MeshException error, HttpContext context);
}
