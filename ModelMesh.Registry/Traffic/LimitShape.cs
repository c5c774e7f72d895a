using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Admin;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Registry.Traffic;

/// <summary><c>{"name","model"?,"caller"?,"requests_per_minute"?,"tokens_per_minute"?}</c></summary>
internal sealed class LimitShape() : EntryShape<RateLimit>(TrafficKinds.Limit, "limits")
{
    /// <summary>In place of a caller's name: each of them on its own.</summary>
    public const string Each = "*";

    private const long MostTokens = 1_000_000_000_000;

    public override string NameOf(RateLimit entry) => entry.Name;

    public override RateLimit Read(FieldReader fields, string name, FaultList faults, CatalogSnapshot catalog)
    {
        var saysAmount = fields.Has("requests_per_minute") || fields.Has("tokens_per_minute");
        var limit = new RateLimit
        {
            Name = name,
            Model = fields.OptionalName("model"),
            Caller = fields.OptionalName("caller"),
            RequestsPerMinute = (int?)fields.WholeNumber("requests_per_minute", 1, int.MaxValue),
            TokensPerMinute = fields.WholeNumber("tokens_per_minute", 1, MostTokens),
        };
        if (!saysAmount)
        {
            fields.Fault("requests_per_minute", "is required, or tokens_per_minute is");
        }

        // A limit on a name that is mistyped would limit nothing.
        if (limit.Model is { } model && !faults.Names("model") && !catalog.Traffic.Aliases.ContainsKey(model) && catalog.VersionsOf(model).IsEmpty)
        {
            fields.Fault("model", "is neither a registered model nor an alias");
        }

        if (limit.Caller is { } caller && caller != Each && !faults.Names("caller") && catalog.Traffic.Find(new(TrafficKinds.Caller, caller)) is null)
        {
            fields.Fault("caller", "is no caller; * is each of them on its own");
        }

        return limit;
    }
}
