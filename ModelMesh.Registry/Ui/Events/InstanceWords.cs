using ModelMesh.Contracts.Instances;

namespace ModelMesh.Registry.Ui.Events;

/// <summary>What happened to instances and their plugins between two looks at them. Pure.</summary>
internal static class InstanceWords
{
    public static IEnumerable<LogDraft> Between(IReadOnlyList<InstanceInfo> before, IReadOnlyList<InstanceInfo> now)
    {
        var (old, current) = (before.ToDictionary(instance => instance.Id, StringComparer.Ordinal), now.ToDictionary(instance => instance.Id, StringComparer.Ordinal));
        foreach (var instance in now)
        {
            if (!old.TryGetValue(instance.Id, out var known))
            {
                yield return new LogDraft("instance", instance.Id, "joined", instance.HttpAddress, "/ui/instances");
                continue;
            }

            if (instance.Stopping && !known.Stopping)
            {
                yield return new LogDraft("instance", instance.Id, "stopping", "takes no new requests", "/ui/instances");
            }

            foreach (var draft in Plugins(instance, known.Plugins, instance.Plugins))
            {
                yield return draft;
            }
        }

        foreach (var gone in before.Where(instance => !current.ContainsKey(instance.Id)))
        {
            // One that stopped said so before.
            yield return new LogDraft("instance", gone.Id, "left", gone.Stopping ? "" : "without saying so: its streams have ended", IsTrouble: !gone.Stopping);
        }
    }

    private static IEnumerable<LogDraft> Plugins(InstanceInfo at, IReadOnlyList<InstancePlugin> before, IReadOnlyList<InstancePlugin> now)
    {
        // A folder that is still being loaded has no type yet; it is told of when it has one, or has failed.
        foreach (var plugin in now.Except(before).Where(plugin => plugin.Type.Length > 0 || plugin.State is "failed"))
        {
            var version = plugin.Version.Length > 0 ? $"version {plugin.Version} " : "";
            yield return new LogDraft("plugin", plugin.Type.Length > 0 ? plugin.Type : "unknown type", plugin.State, $"{version}at {at.HttpAddress}", "/ui/plugins", plugin.State is "failed");
        }

        var types = now.Select(plugin => plugin.Type).ToHashSet(StringComparer.Ordinal);
        foreach (var plugin in before.Where(plugin => plugin.Type.Length > 0 && plugin.State is not "removed" && !types.Contains(plugin.Type)))
        {
            yield return new LogDraft("plugin", plugin.Type, "removed", $"at {at.HttpAddress}", "/ui/plugins");
        }
    }
}
