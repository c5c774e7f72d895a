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

    public IReadOnlyList<string> Types => [.. _byType.Keys.Order(StringComparer.Ordinal)];

    public PluginBuild? Find(string type) => _byType.GetValueOrDefault(type);

    public PluginEntry? At(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>The folder other than <paramref name="path"/> that serves a type.</summary>
    public PluginEntry? OtherOwner(string type, string path) =>
        _byPath.Values.FirstOrDefault(entry => entry.Build?.Type == type && entry.Folder.Path != path);

    public PluginTable With(PluginEntry entry) => new(_byPath.SetItem(entry.Folder.Path, entry));

    /// <summary>Whether a folder, as it is now, has to be loaded.</summary>
    public bool MustLoad(PluginFolder folder) => At(folder.Path) switch
    {
        null or { State: PluginState.Removed } => true,
        { DuplicateOf: { } type } when OtherOwner(type, folder.Path) is null => true,
        { } entry => entry.Folder != folder,
    };
}
