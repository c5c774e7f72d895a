using ModelMesh.Contracts.Traffic;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Registry.Traffic;

/// <summary><c>{"name","target"}</c></summary>
internal sealed class AliasShape() : EntryShape<Alias>(TrafficKinds.Alias, "aliases")
{
    public override IEnumerable<string> ReadOnlyFields => ["resolves_to"];

    public override string NameOf(Alias entry) => entry.Name;

    public override Alias Read(FieldReader fields, string name, FaultList faults, CatalogSnapshot catalog) =>
        new() { Name = name, Target = fields.RequiredTarget("target", faults, catalog, mayBeAlias: false) };

    public override object View(Alias entry, CatalogSnapshot catalog) => AliasView.Of(entry, catalog);
}
