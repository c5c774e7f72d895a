using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Traffic;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Registry.Rollouts;

/// <summary>Holds a rollout against its model's versions.</summary>
internal static class RolloutVersions
{
    /// <summary>Adds what is wrong with the versions that it names.</summary>
    /// <returns>The rollout with the weights that it starts from; may be used when there are no faults.</returns>
    public static Rollout Check(Rollout draft, CatalogSnapshot catalog, FaultList faults)
    {
        var from = Find(draft.Model, draft.From, "from", catalog, faults);
        var to = Find(draft.Model, draft.To, "to", catalog, faults);
        if (from is null || to is null)
        {
            return draft;
        }

        var othersHaveWeight = catalog.VersionsOf(draft.Model).Any(other => other.Id != from.Id && other.Id != to.Id && other is { Shadow: false, Draining: false, Weight: > 0 });
        if (TrafficSplit.Total(from.Weight, to.Weight, othersHaveWeight) is not { } total)
        {
            faults.Add("from", $"has a weight of {from.Weight}, and '{draft.To}' one of {to.Weight}: together they must not be more than 1000000 beside other versions, for one of them gets all of it. Divide all weights of the model first");
            return draft;
        }

        for (var step = 1; step < draft.Steps.Count; step++)
        {
            // Of steps that do not rise it was said already.
            if (draft.Steps[step] > draft.Steps[step - 1] && TrafficSplit.Weights(total, draft.Steps[step]) == TrafficSplit.Weights(total, draft.Steps[step - 1]))
            {
                faults.Add(
                    FieldPath.At("steps", step),
                    $"comes to the same weight as the step before it: '{draft.From}' and '{draft.To}' have a weight of {total} together, which is all there is to divide. Multiply all weights of the model first, or leave steps out");
            }
        }

        return draft with { FromWeight = from.Weight, ToWeight = to.Weight, TotalWeight = total };
    }

    private static ModelVersion? Find(string name, string version, string field, CatalogSnapshot catalog, FaultList faults)
    {
        if (version.Length == 0)
        {
            return null;
        }

        var model = catalog.Find(new ModelId(name, version));
        var fault = model switch
        {
            null => $"'{version}' is no registered version of '{name}'",
            { Shadow: true } => $"'{version}' is a shadow version, which takes no traffic",
            { Draining: true } => $"'{version}' is draining",
            _ => null,
        };
        if (fault is not null)
        {
            faults.Add(field, fault);
        }

        return fault is null ? model : null;
    }
}
