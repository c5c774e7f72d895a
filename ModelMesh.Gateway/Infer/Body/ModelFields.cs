using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Infer.Body;

/// <summary>Reads which model a request wants.</summary>
internal static class ModelFields
{
    /// <summary>The longest reference to a model: its name, a version and an adapter, and the signs between them.</summary>
    public const int MaxReferenceLength = (3 * MaxNameLength) + 2;

    private const int MaxNameLength = 200;
    private const int MaxHashKeyLength = 1024;

    /// <param name="isReference">Whether <c>model</c> may name a version and an adapter as well.</param>
    public static (string Model, string? Version, string? HashKey) Read(FieldReader fields, bool isReference) => (
        fields.RequiredText("model", isReference ? MaxReferenceLength : MaxNameLength),
        NullIfEmpty(fields.Text("version", MaxNameLength)),
        NullIfEmpty(fields.Text("hash_key", MaxHashKeyLength)));

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
