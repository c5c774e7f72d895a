using System.Collections.Immutable;
using ModelMesh.Contracts.Catalog;

namespace ModelMesh.ServiceDefaults.Routing;

/// <summary>
/// Which versions of a model share its requests.
/// 1. A version that is named is taken, shadow or draining: whether it admits anything is the registry's answer, not ours.
/// 2. Otherwise the versions that are neither shadow nor draining and have a weight.
/// 3. Of these the ready ones; all of them where none is ready, since what is known of that may be seconds old.
/// 4. In order: with a hash key by weighted rendezvous; else the one that the roll falls on, then the others by weight, the heaviest first.
/// </summary>
public static class VersionSplit
{
    /// <summary>Why a version takes no request that names none; null when it does.</summary>
    public static string? WhyNot(ModelVersion model) => model switch
    {
        { Shadow: true } => "is a shadow, which takes only requests that name it",
        { Draining: true } => "is draining",
        { Weight: <= 0 } => "has the weight 0",
        _ => null,
    };

    public static ImmutableArray<ModelVersion> Candidates(ImmutableArray<ModelVersion> versions, bool isNamed, Func<ModelVersion, bool> isReady)
    {
        // 1
        if (isNamed)
        {
            return versions;
        }

        // 2
        var sharing = All(versions, static model => WhyNot(model) is null);

        // 3
        var ready = All(sharing, isReady);
        return ready.IsEmpty ? sharing : ready;
    }

    /// <param name="candidates">At least one.</param>
    /// <param name="roll">In [0, 1), asked only where a choice is by weight alone; null: the heaviest is taken.</param>
    public static ImmutableArray<ModelVersion> Order(ImmutableArray<ModelVersion> candidates, string? hashKey, Func<double>? roll)
    {
        // 4
        if (candidates.Length == 1)
        {
            return candidates;
        }

        if (hashKey is not null)
        {
            return [.. WeightedRendezvous.Order(hashKey, candidates, static model => model.Version, Weight)];
        }

        var byWeight = candidates.Sort(static (left, right) => right.Weight != left.Weight ? right.Weight.CompareTo(left.Weight) : string.CompareOrdinal(left.Version, right.Version));
        var first = roll is null ? byWeight[0] : WeightedSplit.Pick(roll(), candidates, Weight);
        return [first, .. byWeight.Where(model => !ReferenceEquals(model, first))];
    }

    private static int Weight(ModelVersion model) => model.Weight;

    // Mostly all of them are, and then there is nothing to copy.
    private static ImmutableArray<ModelVersion> All(ImmutableArray<ModelVersion> versions, Func<ModelVersion, bool> hold)
    {
        foreach (var model in versions)
        {
            if (!hold(model))
            {
                return [.. versions.Where(hold)];
            }
        }

        return versions;
    }
}
