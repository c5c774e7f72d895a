using System.Text.Json;
using ModelMesh.Contracts.Traffic;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Registry.Traffic;

/// <summary>Reads the body of the routing: <c>{"default","fallbacks":[…],"model_fallbacks":{"name":[…]}}</c>.</summary>
internal static class RoutingBody
{
    private const int MostFallbacks = 16;
    private const int MostModels = 10_000;

    public static RoutingDefaults Read(FieldReader fields, FaultList faults, CatalogSnapshot catalog) => new()
    {
        Default = fields.Target("default", faults, catalog, mayBeAlias: true),
        Fallbacks = fields.TryTake("fallbacks", out var chain) ? Chain(chain, "fallbacks", faults, catalog) : [],
        ModelFallbacks = ByModel(fields, faults, catalog),
    };

    private static Dictionary<string, IReadOnlyList<ModelTarget>> ByModel(FieldReader fields, FaultList faults, CatalogSnapshot catalog)
    {
        var chains = new Dictionary<string, IReadOnlyList<ModelTarget>>(StringComparer.Ordinal);
        if (fields.Section("model_fallbacks") is not { } section)
        {
            return chains;
        }

        if (section.GetPropertyCount() > MostModels)
        {
            fields.Fault("model_fallbacks", $"must have at most {MostModels} entries");
            return chains;
        }

        var models = new FieldReader(section, "model_fallbacks", faults);
        foreach (var name in section.EnumerateObject().Select(JsonText.NameOf).OfType<string>())
        {
            if (!models.TryTake(name, out var value))
            {
                continue;
            }

            if (!catalog.Traffic.Aliases.ContainsKey(name) && catalog.VersionsOf(name).IsEmpty)
            {
                models.Fault(name, "is neither a registered model nor an alias");
            }

            chains[name] = Chain(value, FieldPath.Join("model_fallbacks", name), faults, catalog);
        }

        return chains;
    }

    private static IReadOnlyList<ModelTarget> Chain(JsonElement value, string path, FaultList faults, CatalogSnapshot catalog)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            faults.Add(path, $"must be an array, not {JsonKind.Of(value)}");
            return [];
        }

        if (value.GetArrayLength() > MostFallbacks)
        {
            faults.Add(path, $"must have at most {MostFallbacks} entries");
            return [];
        }

        // One that cannot be read stays in its place, so that the others keep theirs.
        return [.. value.EnumerateArray().Index().Select(item => TargetField.Of(item.Item, FieldPath.At(path, item.Index), faults, catalog, mayBeAlias: true) ?? TargetField.None)];
    }
}
