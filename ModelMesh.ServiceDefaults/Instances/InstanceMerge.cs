using ModelMesh.Contracts.Instances;

namespace ModelMesh.ServiceDefaults.Instances;

/// <summary>Which instances to believe in, given what was known and what the store shows now.</summary>
internal static class InstanceMerge
{
    /// <remarks>
    /// 1. What the store shows is believed, in its newest form.
    /// 2. While the store is only just back, what was known stays: announcements expired while it was away, and their owners need a moment.
    ///    One that said it is stopping has not expired: it took its announcement back.
    /// 3. A list that would become empty stays as it was: trying an instance that is gone costs a refused connection, having none costs everything.
    /// </remarks>
    public static IReadOnlyList<InstanceInfo> Next(IReadOnlyList<InstanceInfo> known, IReadOnlyList<InstanceInfo> shown, bool storeIsFresh)
    {
        // 1.
        var next = shown.ToDictionary(instance => instance.Id, StringComparer.Ordinal);

        // 2.
        foreach (var instance in known.Where(instance => storeIsFresh && !instance.Stopping))
        {
            next.TryAdd(instance.Id, instance);
        }

        // 3.
        return next.Count == 0 ? known : [.. next.Values.OrderBy(instance => instance.Id, StringComparer.Ordinal)];
    }

    public static bool Same(IReadOnlyList<InstanceInfo> left, IReadOnlyList<InstanceInfo> right) =>
        left.Count == right.Count && left.Zip(right).All(pair => Same(pair.First, pair.Second));

    // A record compares its list by reference, so the list is compared here.
    private static bool Same(InstanceInfo left, InstanceInfo right) =>
        left with { Plugins = right.Plugins } == right && left.Plugins.SequenceEqual(right.Plugins);
}
