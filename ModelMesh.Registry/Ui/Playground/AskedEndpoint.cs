using System.Text.Json;
using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Ui.Playground;

/// <summary>The address that answered, as operators see it: without a query. Pure.</summary>
internal static class AskedEndpoint
{
    /// <param name="index">Which of the version's endpoints, counted from 1; 0 where it has one.</param>
    /// <returns>Null where it is the backend type's own.</returns>
    public static string? Of(ModelVersion model, int index)
    {
        var address = index > 0 && index <= model.Backends.Count ? model.Backends[index - 1].Endpoint
            : model.Backends is [var only] ? only.Endpoint
            : model.Backend.TryGetProperty("endpoint", out var own) && own.ValueKind == JsonValueKind.String ? own.GetString()
            : null;
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : null;
    }
}
