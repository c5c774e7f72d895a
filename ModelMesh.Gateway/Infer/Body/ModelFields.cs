using ModelMesh.ServiceDefaults.Json;
using ModelMesh.ServiceDefaults.Routing;

namespace ModelMesh.Gateway.Infer.Body;

/// <summary>Reads which model a request wants: none where it leaves that to the mesh.</summary>
internal static class ModelFields
{
    private const int MaxNameLength = 200;
    private const int MaxHashKeyLength = 1024;

    /// <param name="isReference">Whether <c>model</c> may be a reference, which is longer than a name.</param>
    public static (string Model, string? Version, string? HashKey) Read(FieldReader fields, bool isReference)
    {
        var isGiven = fields.Has("model");
        var model = fields.Text("model", isReference ? ModelReference.MaxLength : MaxNameLength);
        var version = NullIfEmpty(fields.Text("version", MaxNameLength));

        // A model that is there and cannot be read is a fault already.
        if (version is not null && (model is "" || !isGiven))
        {
            fields.Fault("version", "needs model beside it");
        }

        return (model ?? "", version, NullIfEmpty(fields.Text("hash_key", MaxHashKeyLength)));
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
