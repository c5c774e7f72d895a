using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Infer.Body;

/// <summary>Reads which model a request wants.</summary>
internal static class ModelFields
{
    private const int MaxNameLength = 200;
    private const int MaxHashKeyLength = 1024;

    public static (string Model, string? Version, string? HashKey) Read(FieldReader fields) => (
        fields.RequiredText("model", MaxNameLength),
        NullIfEmpty(fields.Text("version", MaxNameLength)),
        NullIfEmpty(fields.Text("hash_key", MaxHashKeyLength)));

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
