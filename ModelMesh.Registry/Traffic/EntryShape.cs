using ModelMesh.Contracts.Traffic;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Registry.Traffic;

/// <summary>What one kind of entries has of its own: how it is read from a body, and shown.</summary>
/// <param name="kind">One of <see cref="TrafficKinds"/>.</param>
/// <param name="collection">Its name in paths and lists.</param>
internal abstract class EntryShape<T>(string kind, string collection)
    where T : class, ITrafficEntry
{
    public string Kind => kind;

    public string Collection => collection;

    /// <summary>What answers show and bodies may not give, besides revision and times.</summary>
    public virtual IEnumerable<string> ReadOnlyFields => [];

    public abstract string NameOf(T entry);

    /// <summary>Takes every field but the name, and reports all that is wrong; what it makes then counts for nothing.</summary>
    public abstract T Read(FieldReader fields, string name, FaultList faults, CatalogSnapshot catalog);

    /// <summary>What operators see of it; a type of <see cref="TrafficJson"/>.</summary>
    public virtual object View(T entry, CatalogSnapshot catalog) => entry;

    /// <summary>The order of lists.</summary>
    public virtual IEnumerable<T> Sorted(IEnumerable<T> entries) => entries.OrderBy(NameOf, StringComparer.Ordinal);
}
