using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Figures;
using ModelMesh.ServiceDefaults.Http;
using ModelMesh.ServiceDefaults.Routing;

namespace ModelMesh.Gateway.Models;

/// <summary>The list of models at one moment: the catalog with what replicas tell of it. Immutable.</summary>
internal sealed class ModelsView
{
    // Each sign that may part a name is a reading more. No real name has as many.
    private const int MaxReadings = 64;

    private readonly Dictionary<string, ModelEntry[]> _byName;
    private readonly Dictionary<string, ModelEntry> _byId = new(StringComparer.Ordinal);
    private readonly EntryBuilder _builder;
    private readonly Lazy<(byte[] Body, string Tag)> _whole;

    /// <param name="catalog">The catalog.</param>
    /// <param name="figures">What replicas tell.</param>
    /// <param name="before">An earlier view, whose entries are taken over where nothing they are made of has changed.</param>
    public ModelsView(CatalogSnapshot catalog, MeshFigures figures, ModelsView? before = null)
    {
        (Catalog, Figures, _builder) = (catalog, figures, new EntryBuilder(figures));
        _byName = catalog.Names.ToDictionary(name => name, name => before?.TakeOver(name, this) ?? [.. _builder.Of(name, catalog.VersionsOf(name))], StringComparer.Ordinal);

        // Of two readings of one id the model's own name goes before an adapter, and the longer base before the shorter, as in requests.
        foreach (var entry in _byName.Values.SelectMany(entries => entries).Concat(Aliases()).OrderBy(entry => entry.Parent is null ? 0 : 1).ThenByDescending(entry => entry.Parent?.Length))
        {
            _byId.TryAdd(entry.Id, entry);
        }

        Entries = [.. _byId.Values.OrderBy(entry => entry.Id, StringComparer.Ordinal)];
        _whole = new(() =>
        {
            var body = ModelsJson.List(new ModelPage(Entries, HasMore: false));
            return (body, EntityTags.OfBody(body));
        });
    }

    public CatalogSnapshot Catalog { get; }

    public MeshFigures Figures { get; }

    /// <summary>Ordered by id.</summary>
    public IReadOnlyList<ModelEntry> Entries { get; }

    /// <summary>The whole list as OpenAI's clients get it, and its tag. Made once, when first asked for.</summary>
    public (byte[] Body, string Tag) Whole => _whole.Value;

    /// <summary>What a client names by a model's name, an alias, <c>name@version</c>, <c>name:adapter</c> or both, read as requests read it; null when there is none such.</summary>
    /// <param name="id">As the client wrote it.</param>
    /// <param name="version">A version that is given beside it; what else the id says can only be an adapter then.</param>
    public ModelEntry? Find(string id, string? version)
    {
        foreach (var reading in Readings(id, version))
        {
            if (Destination.Of(Catalog, reading.Name, reading.Version, reading.Adapter) is { } found)
            {
                return reading.Version is null && _byId.TryGetValue(id, out var entry) && entry.Name == found.Name ? entry : _builder.Of(id, found);
            }
        }

        return null;
    }

    /// <summary>What an id that is not found comes nearest to: the first reading whose name is a model's.</summary>
    public ModelReference Nearest(string id, string? version)
    {
        var readings = Readings(id, version).ToArray();
        return Array.Find(readings, reading => !Catalog.VersionsOf(reading.Name).IsEmpty || Catalog.Traffic.Aliases.ContainsKey(reading.Name)) is { Name: not null } near ? near : readings[0];
    }

    // A model's name goes before an alias, as in requests.
    private IEnumerable<ModelEntry> Aliases() => Catalog.Traffic.Aliases.Keys
        .Select(alias => Destination.Of(Catalog, alias, null, ""))
        .Where(found => found is not null && found.Asked != found.Name)
        .Select(found => _builder.Of(found!.Asked, found));

    // A catalog's snapshot shares with the one before what did not change.
    private ModelEntry[]? TakeOver(string name, ModelsView next) =>
        next.Figures == Figures && next.Catalog.VersionsOf(name) == Catalog.VersionsOf(name) ? _byName.GetValueOrDefault(name) : null;

    private static IEnumerable<ModelReference> Readings(string id, string? version)
    {
        var readings = ModelReference.Readings(id).Take(MaxReadings);
        return version is null ? readings : readings.Where(reading => reading.Version is null).Select(reading => reading with { Version = version });
    }
}
