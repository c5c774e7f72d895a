using ModelMesh.Gateway.Routing;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Ollama.Body;

/// <summary>How Ollama's clients name a model.</summary>
internal static class OllamaModel
{
    /// <summary>The plugin that speaks Ollama's API upstream, and takes what only Ollama does.</summary>
    public const string BackendType = "ollama";

    /// <summary>What clients add to a name without a tag.</summary>
    public const string DefaultTag = ":latest";

    public static string Read(FieldReader fields, string name = "model") => fields.RequiredText(name, ModelReference.MaxLength + DefaultTag.Length);
}
