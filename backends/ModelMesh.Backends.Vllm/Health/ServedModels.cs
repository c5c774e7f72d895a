using System.Text.Json.Nodes;
using ModelMesh.Backends.Wire.OpenAIWire;

namespace ModelMesh.Backends.Vllm.Health;

/// <summary>What a server's list of models says to an operator.</summary>
internal static class ServedModels
{
    private const int MaxNames = 50;

    /// <summary>The adapters of the model, and how much a request may hold.</summary>
    public static JsonObject Details(ModelList? models, string model)
    {
        var details = new JsonObject();
        if (models?.Find(model) is not { } served)
        {
            return details;
        }

        // An adapter names the model it adapts; asked for itself, it has siblings, which are none of its.
        var adapters = models.Data!.Where(other => other.Parent is not null && other.Parent == served.Id).Select(other => other.Id).Take(MaxNames);
        details["adapters"] = Array(adapters);
        if (served.Parent is { } parent)
        {
            details["base_model"] = parent;
        }

        if ((served.MaxModelLen ?? models.Find(served.Parent ?? "")?.MaxModelLen) is { } length)
        {
            details["max_model_len"] = length;
        }

        return details;
    }

    /// <summary>What the server has instead.</summary>
    public static JsonObject Named(ModelList models) => new() { ["models"] = Array(models.Data!.Select(model => model.Id).Take(MaxNames)) };

    private static JsonArray Array(IEnumerable<string?> names) => [.. names.Select(name => (JsonNode?)name)];
}
