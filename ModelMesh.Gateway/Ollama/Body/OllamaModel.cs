using ModelMesh.ServiceDefaults.Json;
using ModelMesh.ServiceDefaults.Routing;

namespace ModelMesh.Gateway.Ollama.Body;

/// <summary>How Ollama's clients name a model.</summary>
internal static class OllamaModel
{
    /// <summary>The plugin that speaks Ollama's API upstream, and takes what only Ollama does.</summary>
    public const string BackendType = "ollama";

    /// <summary>What clients add to a name without a tag.</summary>
    public const string DefaultTag = ":latest";

    private static readonly int MaxLength = ModelReference.MaxLength + DefaultTag.Length;

    /// <summary>Empty where none is named.</summary>
    public static string Read(FieldReader fields) => fields.Text("model", MaxLength) ?? "";

    public static string ReadRequired(FieldReader fields, string name) => fields.RequiredText(name, MaxLength);
}
