using System.Collections.Immutable;
using ModelMesh.Contracts.Instances;
using ModelMesh.Registry.Ui.Models;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Ui.Plugins;

/// <summary>Puts together what the instances tell of their plugins. Pure.</summary>
internal static class PluginCards
{
    private static readonly string[] BadFirst = ["failed", "removed", "loading", "ready"];

    /// <summary>
    /// 1. What instances tell of one folder is one card, wherever on their machines it lies.
    /// 2. Instances that say the same are told of together.
    /// 3. A removed plugin is shown for as long as models wait for it.
    /// 4. What needs somebody comes first.
    /// </summary>
    public static ImmutableArray<PluginCard> Of(IReadOnlyList<InstanceInfo> instances, CatalogSnapshot catalog)
    {
        var models = catalog.All.OrderBy(model => model.Name, StringComparer.Ordinal).ThenBy(model => model.Version, StringComparer.Ordinal).ToLookup(model => model.BackendType, StringComparer.Ordinal);

        // 1.
        return
        [
            .. instances.SelectMany(instance => instance.Plugins, (instance, plugin) => (Instance: instance.Id, Plugin: plugin))
                .GroupBy(told => KeyOf(told.Plugin), StringComparer.Ordinal)
                .Select(told => Of(told.Key, [.. told]))

                // 3.
                .Where(card => card.State != "removed" || card.Models.Length > 0)

                // 4.
                .OrderBy(card => card.Findings.All(finding => finding is { State: "ready", Error: null }))
                .ThenBy(card => card.Type ?? card.Key, StringComparer.Ordinal)
                .ThenBy(card => card.Key, StringComparer.Ordinal),
        ];

        PluginCard Of(string key, List<(string Instance, InstancePlugin Plugin)> told)
        {
            // 2.
            ImmutableArray<PluginFinding> findings =
            [
                .. told.GroupBy(one => (one.Plugin.Version, one.Plugin.State, one.Plugin.Error))
                    .Select(same => new PluginFinding(
                        same.Key.Version.Length == 0 ? null : same.Key.Version,
                        same.Key.State,
                        same.Key.Error,
                        [.. same.Select(one => one.Plugin.Folder).OfType<string>().Distinct(StringComparer.Ordinal)],
                        [.. same.Select(one => one.Instance)]))
                    .OrderBy(finding => Array.IndexOf(BadFirst, finding.State)),
            ];
            var type = told.Select(one => one.Plugin.Type).FirstOrDefault(name => name.Length > 0);
            return new PluginCard(
                key,
                type,
                findings.Select(finding => finding.State).Distinct(StringComparer.Ordinal).Take(2).ToArray() is [var only] ? only : "mixed",
                findings,
                type is null ? [] : [.. models[type].Select(model => new PluginModel(model.Name, model.Version, ModelPaths.Page(model.Id)))],
                told.Sum(one => one.Plugin.EarlierBuilds ?? 0));
        }
    }

    private static string KeyOf(InstancePlugin plugin) => plugin.Folder is { } folder ? folder[(folder.LastIndexOfAny(['/', '\\']) + 1)..] : plugin.Type;
}
