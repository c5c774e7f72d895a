using System.Collections.Immutable;
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
        var implied = inputs.Request.Implied.Where(capability => inputs.Catalog.All.Any(model => VersionSplit.WhyNot(model) is null && Has(model, capability)));
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

    private static Destination? Cheapest(RoutingInputs inputs, IReadOnlyList<string> needed, Func<ModelVersion, bool> isReady)
    {
        (string? name, var fitting, var cost) = (null, ImmutableArray<ModelVersion>.Empty, double.PositiveInfinity);
        foreach (var other in inputs.Catalog.Names)
        {
            ImmutableArray<ModelVersion> versions = [.. inputs.Catalog.VersionsOf(other).Where(model => VersionSplit.WhyNot(model) is null && HasAll(model, needed) && isReady(model))];
            if (!versions.IsEmpty && (name is null || versions.Min(model => model.Cost) < cost))
            {
                (name, fitting, cost) = (other, versions, versions.Min(model => model.Cost));
            }
        }

        return name is null ? null : new Destination(name, name, null, "", fitting);
    }
}
