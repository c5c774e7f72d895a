using ModelMesh.Contracts.Traffic;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Registry.Traffic;

/// <summary><c>{"name","priority","enabled","conditions":[{"field","operator","value"}…],"target","weight"}</c></summary>
internal sealed class RuleShape() : EntryShape<RoutingRule>(TrafficKinds.Rule, "rules")
{
    private const int MostPriority = 1_000_000;
    private const int MostWeight = 1_000_000;

    public override string NameOf(RoutingRule entry) => entry.Name;

    public override RoutingRule Read(FieldReader fields, string name, FaultList faults, CatalogSnapshot catalog)
    {
        var rule = new RoutingRule { Name = name, Target = fields.RequiredTarget("target", faults, catalog, mayBeAlias: true) };
        return rule with
        {
            Priority = (int)(fields.WholeNumber("priority", -MostPriority, MostPriority) ?? rule.Priority),
            Enabled = fields.Flag("enabled") ?? rule.Enabled,
            Conditions = fields.Conditions("conditions", faults),
            Weight = (int)(fields.WholeNumber("weight", 0, MostWeight) ?? rule.Weight),
        };
    }

    public override IEnumerable<RoutingRule> Sorted(IEnumerable<RoutingRule> entries) =>
        entries.OrderByDescending(rule => rule.Priority).ThenBy(rule => rule.Name, StringComparer.Ordinal);
}
