using ModelMesh.Contracts.Instances;

namespace ModelMesh.Registry.Plugins;

/// <summary>What an instance tells the others of its plugins. Pure.</summary>
internal static class PluginAnnouncement
{
    // It is written to the store again and again.
    private const int MostOfReason = 4_000;

    /// <param name="leaving">Builds that no folder has any more, but streams.</param>
    public static IReadOnlyList<InstancePlugin> Of(IEnumerable<PluginEntry> entries, IReadOnlyCollection<PluginBuild> leaving) =>
        [.. entries.Select(entry => Of(entry, leaving.Count(build => build.FolderName == entry.Folder.Name)))];

    private static InstancePlugin Of(PluginEntry entry, int earlier) => new(entry.Type ?? "", entry.Version ?? "", entry.State.ToString().ToLowerInvariant())
    {
        Folder = entry.Folder.Path,
        Error = entry.Error is { Length: > MostOfReason } reason ? reason[..MostOfReason] + "…" : entry.Error,
        EarlierBuilds = earlier == 0 ? null : earlier,
    };
}
