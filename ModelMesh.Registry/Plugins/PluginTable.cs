using System.Collections.Frozen;
using System.Collections.Immutable;

namespace ModelMesh.Registry.Plugins;

/// <summary>All plugin folders at one moment. Immutable; replaced as a whole, so readers need no lock.</summary>
internal sealed class PluginTable
{
    private readonly ImmutableSortedDictionary<string, PluginEntry> _byPath;
    private readonly FrozenDictionary<string, PluginBuild> _byType;

    private PluginTable(ImmutableSortedDictionary<string, PluginEntry> byPath)
    {
        _byPath = byPath;
        _byType = byPath.Values.Select(entry => entry.Build).OfType<PluginBuild>().ToFrozenDictionary(build => build.Type, StringComparer.Ordinal);
    }

    public static PluginTable Empty { get; } = new(ImmutableSortedDictionary.Create<string, PluginEntry>(StringComparer.Ordinal));

    public IEnumerable<PluginEntry> Entries => _byPath.Values;

    public IEnumerable<PluginBuild> Builds => _byType.Values;

    public IReadOnlyList<string> Types => [.. _byType.Keys.Order(StringComparer.Ordinal)];

    public PluginBuild? Find(string type) => _byType.GetValueOrDefault(type);

    public PluginEntry? At(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>The folder other than <paramref name="path"/> that serves a type.</summary>
    public PluginEntry? OtherOwner(string type, string path) =>
        _byPath.Values.FirstOrDefault(entry => entry.Build?.Type == type && entry.Folder.Path != path);

    public PluginTable With(PluginEntry entry) => new(_byPath.SetItem(entry.Folder.Path, entry));

    /// <summary>
    /// With a folder that was loaded: 1. nobody else serves its type, so it does; 2. another one does that was found behind it in the same look, so it
    /// takes over, however much longer it took to load; 3. the one that serves already stays, and this one is refused.
    /// </summary>
    public PluginTable WithLoaded(PluginLoad load, PluginBuild build)
    {
        var type = build.Type;
        var owner = OtherOwner(type, load.Folder.Path);
        if (owner is not null && !load.Place.IsAhead(owner.Place))
        {
            // 3.
            return WithRefused(load.Folder, TakenBy(type, owner.Folder), duplicateOf: type);
        }

        // 1. A replacement serves since its folder does, not since it is there itself.
        var before = At(load.Folder.Path);
        var place = before?.Build?.Type == type ? before.Place : load.Place;
        var ready = new PluginEntry(load.Folder, PluginState.Ready) { Build = build, Type = type, Version = build.Version, Place = place };
        return owner is null
            ? With(ready)

            // 2.
            : With(new PluginEntry(owner.Folder, PluginState.Failed) { Error = TakenBy(type, load.Folder), DuplicateOf = type }).With(ready);
    }

    /// <summary>With a folder that cannot be used. A build that works is worth more than a replacement that does not: the models stay on it.</summary>
    public PluginTable WithRefused(PluginFolder folder, string reason, string? duplicateOf = null) =>
        With(At(folder.Path) is { Build: not null } before
            ? before with { Folder = folder, Error = $"The folder's new content was refused: {reason}", DuplicateOf = duplicateOf }
            : new PluginEntry(folder, PluginState.Failed) { Error = reason, DuplicateOf = duplicateOf });

    /// <summary>Whether a folder, as it is now, has to be loaded.</summary>
    public bool MustLoad(PluginFolder folder) => At(folder.Path) switch
    {
        null or { State: PluginState.Removed } => true,
        { DuplicateOf: { } type } when OtherOwner(type, folder.Path) is null => true,
        { } entry => entry.Folder != folder,
    };

    private static string TakenBy(string type, PluginFolder owner) => $"Backend type '{type}' is already served by the plugin '{owner.Name}'.";
}
