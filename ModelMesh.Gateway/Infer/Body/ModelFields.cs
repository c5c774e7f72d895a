using ModelMesh.Gateway.Routing;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Infer.Body;

/// <summary>Reads which model a request wants.</summary>
internal static class ModelFields
{
    // 200 characters, each of which may be two of .NET's.
    private const int MaxNameLength = 400;
    private const int MaxHashKeyLength = 1024;

    /// <param name="isReference">Whether <c>model</c> may be a reference, which is longer than a name.</param>
    public static (string Model, string? Version, string? HashKey) Read(FieldReader fields, bool isReference) => (
        fields.RequiredText("model", isReference ? ModelReference.MaxLength : MaxNameLength),
        NullIfEmpty(fields.Text("version", MaxNameLength)),
        NullIfEmpty(fields.Text("hash_key", MaxHashKeyLength)));

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
