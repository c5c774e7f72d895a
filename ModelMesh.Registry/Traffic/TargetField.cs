using System.Text.Json;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Admin;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Registry.Traffic;

/// <summary>Reads where something points: <c>"chat"</c>, <c>"chat@v3"</c> or <c>{"model":"chat","version":"v3"}</c>.</summary>
internal static class TargetField
{
    /// <summary>Stands for one that could not be read.</summary>
    public static ModelTarget None { get; } = new("");

    public static ModelTarget? Target(this FieldReader fields, string field, FaultList faults, CatalogSnapshot catalog, bool mayBeAlias) =>
        fields.TryTake(field, out var value) ? Of(value, field, faults, catalog, mayBeAlias) : null;

    /// <summary>The same, where it has to be given.</summary>
    public static ModelTarget RequiredTarget(this FieldReader fields, string field, FaultList faults, CatalogSnapshot catalog, bool mayBeAlias)
    {
        if (!fields.Has(field))
        {
            fields.TryTake(field, out _);
            fields.Fault(field, "is required");
        }

        return fields.Target(field, faults, catalog, mayBeAlias) ?? None;
    }

    public static ModelTarget? Of(JsonElement value, string path, FaultList faults, CatalogSnapshot catalog, bool mayBeAlias)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String when JsonText.Of(value) is not { Length: > 0 } text || text.StartsWith('@') || text.EndsWith('@'):
                faults.Add(path, "must be a model's name, or name@version");
                return null;
            case JsonValueKind.String:
                return OfText(JsonText.Of(value)!, catalog, mayBeAlias);
            case JsonValueKind.Object:
                var before = faults.Count;
                var fields = new FieldReader(value, path, faults);
                var target = new ModelTarget(fields.Name("model", inPath: null), fields.OptionalName("version"));
                fields.RefuseTheRest();
                return faults.Count == before ? target : null;
            default:
                faults.Add(path, $"must be a string such as \"chat@v3\" or an object, not {JsonKind.Of(value)}");
                return null;
        }
    }

    /// <summary>
    /// Both names and versions may hold <c>@</c>: 1. the whole text, where it is a name; 2. the first split whose version is registered, the longest name first;
    /// 3. none is: split at the last one.
    /// </summary>
    internal static ModelTarget OfText(string text, CatalogSnapshot catalog, bool mayBeAlias)
    {
        // 1.
        var last = text.LastIndexOf('@');
        if (last < 0 || !catalog.VersionsOf(text).IsEmpty || (mayBeAlias && catalog.Traffic.Aliases.ContainsKey(text)))
        {
            return new ModelTarget(text);
        }

        // 2.
        for (var at = last; at > 0; at = text.LastIndexOf('@', at - 1))
        {
            if (catalog.Find(new(text[..at], text[(at + 1)..])) is { } model)
            {
                return new ModelTarget(model.Name, model.Version);
            }
        }

        // 3.
        return new ModelTarget(text[..last], text[(last + 1)..]);
    }
}
