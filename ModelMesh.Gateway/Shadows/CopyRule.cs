using System.Collections.Immutable;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Gateway.Routing;
using ModelMesh.ServiceDefaults.Balancing;

namespace ModelMesh.Gateway.Shadows;

/// <summary>
/// Which shadow versions get a copy of a request. Pure.
/// 1. None of one that named its version.
/// 2. Of the model's versions those that are a shadow, do not drain, and have the adapter that was asked for.
/// 3. Of these each by its sample: with a hash key always the same keys, else by a roll of its own.
/// </summary>
internal static class CopyRule
{
    private const double All = 100;
    private const double UnitOfHash = 1.0 / (1UL << 53);

    /// <param name="route">Where the request goes first.</param>
    /// <param name="versions">All of that model.</param>
    /// <param name="roll">In [0, 1).</param>
    public static ImmutableArray<ModelVersion> Choose(ModelRoute route, ImmutableArray<ModelVersion> versions, string? hashKey, Func<double> roll)
    {
        // 1
        if (route.IsNamed)
        {
            return [];
        }

        var chosen = ImmutableArray<ModelVersion>.Empty;
        foreach (var model in versions)
        {
            // 2, 3
            if (IsShadow(model, route) && All * (hashKey is null ? roll() : Place(hashKey, model)) < model.ShadowSample)
            {
                chosen = chosen.Add(model);
            }
        }

        return chosen;
    }

    private static bool IsShadow(ModelVersion model, ModelRoute route) =>
        model is { Shadow: true, Draining: false } && (route.Adapter.Length == 0 || model.Adapters.Contains(route.Adapter, StringComparer.Ordinal));

    // With the version in it, so that two shadows do not get the same few keys.
    private static double Place(string hashKey, ModelVersion model) =>
        (StableHash.Mix(StableHash.Add(StableHash.Add(StableHash.Add(StableHash.Start, hashKey), "\0"), model.Version)) >> 11) * UnitOfHash;
}
