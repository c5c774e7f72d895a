using System.Text.Json;
using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Registry.Admin;

/// <summary>Reads what a model version says of the cache: <c>true</c>, <c>false</c>, or <c>{"enabled","ttl"}</c>.</summary>
internal static class CacheField
{
    private static readonly TimeSpan ShortestTtl = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTtl = TimeSpan.FromDays(30);

    public static ModelCache? Cache(this FieldReader model, string field, FaultList faults)
    {
        if (!model.TryPeek(field, out var value) || value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return model.Flag(field) is { } enabled ? new ModelCache { Enabled = enabled } : null;
        }

        model.TryTake(field, out _);
        if (value.ValueKind != JsonValueKind.Object)
        {
            model.Wrong(field, "true, false or an object", value);
            return null;
        }

        var fields = new FieldReader(value, field, faults);
        var defaults = new ModelCache();
        var ttl = fields.Duration("ttl", ShortestTtl, LongestTtl) ?? TimeSpan.FromSeconds(defaults.TtlSeconds);
        if (ttl.TotalSeconds % 1 != 0)
        {
            fields.Fault("ttl", "must be whole seconds");
        }

        var cache = new ModelCache { Enabled = fields.Flag("enabled") ?? defaults.Enabled, TtlSeconds = (int)ttl.TotalSeconds };
        fields.RefuseTheRest();
        return cache;
    }
}
