using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.ServiceDefaults.Errors;

/// <summary>The mesh's own error body.</summary>
public sealed class MeshErrorShape : IErrorShape
{
    public ReadOnlyMemory<byte> Write(MeshException error, HttpContext context) => JsonSerializer.SerializeToUtf8Bytes(ErrorBody.From(error), ErrorJson.Readable.ErrorBody);
}
