using ModelMesh.Contracts.Catalog;

namespace ModelMesh.ServiceDefaults.Routing;

/// <summary>
/// The cheapest model that can do what a request needs. Only versions count that take requests which name none.
/// 1. What the request implies counts as far as some version has it: where operators do not name it, nobody says that models lack it.
/// 2. Of the names with a ready version that has all that is demanded and implied the cheapest, by its cheapest such version; of equals the first by name.
/// 3. Where there is none and something is demanded: the same with that alone.
/// 4. Then the same without regard to readiness: a model that is just loading is not none.
/// Null where nothing is needed, or nothing fits.
/// </summary>
internal static class CapabilityChoice
{
    public static Destination? Choose(RoutingInputs inputs)
    {
        // 1
        var demanded = inputs.Request.Demanded;
        if (demanded.Count == 0 && inputs.Request.Implied.Count == 0)
        {
            return null;
        }

        var index = CapabilityIndex.Of(inputs.Catalog);
        var implied = inputs.Request.Implied.Where(capability => !index.Having(capability).IsEmpty);
        var needed = demanded.Union(implied, StringComparer.Ordinal).ToArray();
        if (needed.Length == 0)
        {
            return null;
        }

        // 2
        var choice = Cheapest(inputs, needed, inputs.IsReady);
        if (choice is null && demanded.Count > 0)
        {
            // 3, 4
            choice = Cheapest(inputs, demanded, inputs.IsReady) ?? Cheapest(inputs, demanded, static _ => true);
        }

        inputs.Trace?.Step(3, choice is null
            ? $"no ready model has {string.Join(", ", needed)} together"
            : $"'{choice.Name}' is the cheapest that has {string.Join(", ", choice.Versions[0].Capabilities.Intersect(needed, StringComparer.Ordinal))}");
        return choice;
    }

    public static bool HasAll(ModelVersion model, IReadOnlyList<string> capabilities)
    {
        foreach (var capability in capabilities)
        {
            if (!Has(model, capability))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Has(ModelVersion model, string capability) => model.Capabilities.Contains(capability, StringComparer.Ordinal);

    // The first that fits is the cheapest, so most requests look at one.
    private static Destination? Cheapest(RoutingInputs inputs, IReadOnlyList<string> needed, Func<ModelVersion, bool> isReady)
    {
        var index = CapabilityIndex.Of(inputs.Catalog);
        foreach (var model in needed.Select(index.Having).MinBy(versions => versions.Length))
        {
            if (Fits(model))
            {
                return new Destination(model.Name, model.Name, null, "", [.. inputs.Catalog.VersionsOf(model.Name).Where(other => VersionSplit.WhyNot(other) is null && Fits(other))]);
            }
        }

        return null;

        bool Fits(ModelVersion model) => HasAll(model, needed) && isReady(model);
    }
}
