using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Admin;
using ModelMesh.Registry.Traffic;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Registry.Routing;

/// <summary>A rule that a dry run takes for stored, in the place of the one of its name: <c>rule</c>, as <c>POST /rules</c> takes it.</summary>
internal static class TrialRule
{
    private const string Field = "rule";

    /// <summary>The rule; null where none is given, or it has faults, which are added by their paths.</summary>
    public static RoutingRule? Read(FieldReader fields, FaultList faults, CatalogSnapshot catalog)
    {
        if (fields.Section(Field) is not { } section)
        {
            return null;
        }

        var own = new FaultList();
        var body = new FieldReader(section, "", own);
        var rule = new RuleShape().Read(body, body.Name("name", inPath: null), own, catalog);
        body.RefuseReadOnly("revision", "created_at", "updated_at");
        body.RefuseTheRest();
        foreach (var reference in TrafficReference.Of(rule).Where(reference => reference.Target.Model.Length > 0 && !TargetFaults.Stands(catalog, reference.Target, mayBeAlias: true)))
        {
            var fault = TargetFaults.Of(reference, mayBeAlias: true);
            own.Add(fault.Field, fault.Message);
        }

        faults.AddUnder(Field, own);
        return own.Count == 0 ? rule : null;
    }

    /// <summary>The catalog as it would be with the rule.</summary>
    public static CatalogSnapshot In(CatalogSnapshot catalog, RoutingRule? rule) => rule is null
        ? catalog
        : catalog.With(catalog.Revision, catalog.Traffic.With(new TrafficId(TrafficKinds.Rule, rule.Name), rule));
}
