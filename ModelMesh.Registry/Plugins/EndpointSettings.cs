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
}
