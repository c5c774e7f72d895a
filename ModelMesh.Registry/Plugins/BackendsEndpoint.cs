using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Defaults;
using ModelMesh.Registry.ModelHealth;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Plugins;

/// <summary><c>GET /backends</c>: every plugin folder that is there, and removed ones that models still wait for.</summary>
internal static class BackendsEndpoint
{
    public static WebApplication MapBackends(this WebApplication app)
    {
        app.MapGet("/backends", List);
        return app;
    }

    private static JsonHttpResult<BackendList> List(PluginHost host, ICatalog catalog, IModelHealth health, IOptions<BackendDefaultsTable> defaults)
    {
        var models = catalog.Current.All.ToLookup(model => model.BackendType, StringComparer.Ordinal);
        var table = host.Table;
        var backends = table.Entries
            .Select(entry => ItemOf(entry, [.. ModelsOn(entry, table, models).Select(model => (model, health.Of(model)))]) with { DefaultEndpoint = DefaultOf(entry) })
            .Where(item => item is not { State: PluginState.Removed, Models: 0 });
        return TypedResults.Json(new BackendList([.. backends]), BackendsJson.Readable.BackendList);

        string? DefaultOf(PluginEntry entry) => entry.Type is { } type ? defaults.Value.Of(type).Endpoint : null;
    }

    private static BackendItem ItemOf(PluginEntry entry, List<(ModelVersion Model, HealthRecord Health)> models) =>
        new(entry.Type, entry.Folder.Name, entry.Version, entry.State, entry.Error, models.Count, models.Count == 0 ? null : BackendHealthView.Of(models));

    // A removed plugin has the models of its type for as long as no other folder serves it.
    private static IEnumerable<ModelVersion> ModelsOn(PluginEntry entry, PluginTable table, ILookup<string, ModelVersion> models) => entry switch
    {
        { Type: { } type, State: PluginState.Ready } => models[type],
        { Type: { } type, State: PluginState.Removed } when table.Find(type) is null => models[type],
        _ => [],
    };
}

internal sealed record BackendList(IReadOnlyList<BackendItem> Backends);

/// <param name="Type">The backend type; absent where the plugin did not load far enough to say.</param>
/// <param name="Plugin">The folder's name.</param>
/// <param name="Version">The plugin's version.</param>
/// <param name="State">loading, ready, failed or removed.</param>
/// <param name="Error">Why it failed, or why a ready plugin's replacement was refused.</param>
/// <param name="Models">How many registered model versions this plugin serves, or would if it had not been removed.</param>
/// <param name="Health">How the upstreams of those models are; absent without models.</param>
internal sealed record BackendItem(string? Type, string Plugin, string? Version, PluginState State, string? Error, int Models, BackendHealthView? Health)
{
    /// <summary>The configured upstream of models that name none; never the key.</summary>
    public string? DefaultEndpoint { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BackendList))]
internal sealed partial class BackendsJson : JsonSerializerContext
{
    /// <summary>Quotes and letters stay what they are: the reasons are full of them.</summary>
    public static BackendsJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
