using System.Text.Json;
using System.Text.Json.Nodes;
using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Plugins;

/// <summary>What a plugin is given for each of a version's endpoints.</summary>
internal static class EndpointSettings
{
    /// <summary>The version with one of its endpoints in its backend settings, as if it had that one alone.</summary>
    public static ModelVersion At(ModelVersion model, ModelEndpoint endpoint)
    {
        var settings = JsonObject.Create(model.Backend) ?? [];
        settings["endpoint"] = endpoint.Endpoint;
        return model with { Backend = JsonSerializer.SerializeToElement(settings), Backends = [] };
    }

    /// <summary>The endpoint that the version's backend settings name; null when they name none.</summary>
    public static string? AddressIn(ModelVersion model) =>
        model.Backend.ValueKind == JsonValueKind.Object && model.Backend.TryGetProperty("endpoint", out var endpoint) && endpoint.ValueKind == JsonValueKind.String
            ? endpoint.GetString()
            : null;
}
