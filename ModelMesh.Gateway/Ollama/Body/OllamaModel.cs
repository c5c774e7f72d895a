using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Ollama.Body;

/// <summary>How Ollama's clients name a model.</summary>
internal static class OllamaModel
{
    /// <summary>The plugin that speaks Ollama's API upstream, and takes what only Ollama does.</summary>
    public const string BackendType = "ollama";

    /// <summary>What clients add to a name without a tag.</summary>
    public const string DefaultTag = ":latest";

    // A name, a version and an adapter, of 200 characters each, and the tag.
    private const int MaxLength = 620;

    public static string Read(FieldReader fields, string name = "model") => fields.RequiredText(name, MaxLength);
}
