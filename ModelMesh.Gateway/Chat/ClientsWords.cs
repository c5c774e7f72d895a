using ModelMesh.Contracts.Errors;

namespace ModelMesh.Gateway.Chat;

/// <summary>What a registry or a backend cannot take is refused by the mesh's name of the field, as it is at <c>/infer</c>. A client is told by its own.</summary>
internal static class ClientsWords
{
    /// <param name="nameOf">From the mesh's name of a field to the client's.</param>
    public static MeshException For(MeshException error, Func<string, string> nameOf) => error is { Code: ErrorCode.InvalidRequest, Details.Count: > 0 }
        ? MeshException.Invalid([.. error.Details.Select(fault => fault with { Field = nameOf(fault.Field) })])
        : error;
}
