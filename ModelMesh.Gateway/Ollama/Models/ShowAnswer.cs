using System.Text.Json.Serialization;
using ModelMesh.Gateway.Routing;

namespace ModelMesh.Gateway.Ollama.Models;

/// <summary>The answer of <c>POST /api/show</c>. What is of a model's file is empty.</summary>
internal sealed record ShowAnswer(
    string License,
    string Modelfile,
    string Parameters,
    string Template,
    ModelDetails Details,
    ModelInfo ModelInfo,
    IReadOnlyList<string> Capabilities,
    DateTimeOffset ModifiedAt)
{
    public static ShowAnswer From(ModelRoute route)
    {
        var model = route.Model;
        return new ShowAnswer(
            "",
            "",
            "",
            "",
            ModelDetails.Of(route.Adapter.Length == 0 ? "" : model.Name, [model]),
            new ModelInfo(model.BackendType, model.Name, model.Version),
            OllamaCapabilities.Of(model.Capabilities),
            model.UpdatedAt);
    }
}

/// <summary>Clients look into it by the keys of a model's file.</summary>
internal sealed record ModelInfo(
    [property: JsonPropertyName("general.architecture")] string Architecture,
    [property: JsonPropertyName("general.basename")] string Name,
    [property: JsonPropertyName("general.version")] string Version);
