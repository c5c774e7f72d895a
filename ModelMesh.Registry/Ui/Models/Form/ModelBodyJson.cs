using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Admin;
using ModelMesh.Registry.ModelHealth;
using ModelMesh.Registry.Plugins;

namespace ModelMesh.Registry.Ui.Models.Form;

/// <summary>A model version as the body that would register it: the admin API's own words, without what only the mesh says. Pure.</summary>
internal static class ModelBodyJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Fields of an answer that no body may hold, or need not: <c>mock</c> is said by the backend type.</summary>
    public static IReadOnlyList<string> ReadOnly { get; } =
        ["mock", "status", "status_reason", "health", "endpoints", "revision", "active", "queued", "created_at", "updated_at"];

    /// <summary>What a body means that says nothing.</summary>
    public static string Defaults { get; } = Of(new ModelVersion { Name = "", Version = "", BackendType = "" });

    public static string Of(ModelVersion model)
    {
        var view = ModelView.From(model, new ModelStatus(""), HealthRecord.Unknown(model.Revision), active: null, queued: null);
        var body = JsonSerializer.SerializeToNode(view, AdminJson.Readable.ModelView)!.AsObject();
        foreach (var field in ReadOnly)
        {
            body.Remove(field);
        }

        return body.ToJsonString(Indented);
    }

    /// <summary>As <see cref="Of"/>, but without what says no more than the default.</summary>
    public static string Short(ModelVersion model)
    {
        var body = JsonNode.Parse(Of(model))!.AsObject();
        foreach (var (field, value) in JsonNode.Parse(Defaults)!.AsObject())
        {
            if (field is not ("name" or "version" or "backend_type" or "max_concurrency" or "weight") && JsonNode.DeepEquals(body[field], value))
            {
                body.Remove(field);
            }
        }

        return body.ToJsonString(Indented);
    }
}
