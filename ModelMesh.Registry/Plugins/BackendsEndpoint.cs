using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Plugins;

/// <summary><c>GET /backends</c>: every plugin folder this replica has seen.</summary>
internal static class BackendsEndpoint
{
    public static WebApplication MapBackends(this WebApplication app)
    {
        app.MapGet("/backends", List);
        return app;
    }

    private static JsonHttpResult<BackendList> List(PluginHost host, ICatalog catalog)
    {
        var models = catalog.Current.All.CountBy(model => model.BackendType).ToDictionary(StringComparer.Ordinal);
        var backends = host.Table.Entries.Select(entry => new BackendItem(
            entry.Type,
            entry.Folder.Name,
            entry.Version,
            entry.State,
            entry.Error,
            entry is { Type: { } type, State: PluginState.Ready or PluginState.Removed } ? models.GetValueOrDefault(type) : 0));
        return TypedResults.Json(new BackendList([.. backends]), BackendsJson.Default.BackendList);
    }
}

internal sealed record BackendList(IReadOnlyList<BackendItem> Backends);

/// <param name="Type">The backend type; absent where the plugin did not load far enough to say.</param>
/// <param name="Plugin">The folder's name.</param>
/// <param name="Version">The plugin's version.</param>
/// <param name="State">loading, ready, failed or removed.</param>
/// <param name="Error">Why it failed, or why a ready plugin's replacement was refused.</param>
/// <param name="Models">How many registered model versions have this type.</param>
internal sealed record BackendItem(string? Type, string Plugin, string? Version, PluginState State, string? Error, int Models);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BackendList))]
internal sealed partial class BackendsJson : JsonSerializerContext;
