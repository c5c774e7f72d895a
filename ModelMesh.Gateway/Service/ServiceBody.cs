using System.Text.Json;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Infer.Body;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Service;

/// <summary>
/// A request of the plain service API as a pure function: that of <c>/infer</c>, but <c>input</c> may be called <c>prompt</c>, and <c>model</c> may be a
/// reference.
/// </summary>
internal static class ServiceBody
{
    private static readonly string[] Inputs = ["input", "prompt"];

    /// <exception cref="MeshException"><c>invalid_request</c>.</exception>
    public static ChatRequest Parse(ReadOnlyMemory<byte> body)
    {
        using var document = JsonBody.ParseObject(body);
        return Parse(document.RootElement);
    }

    /// <param name="body">An object.</param>
    /// <exception cref="MeshException"><c>invalid_request</c>, with paths that begin in <paramref name="body"/>.</exception>
    public static ChatRequest Parse(JsonElement body) => InferBody.Parse(body, Inputs, isReference: true);
}
