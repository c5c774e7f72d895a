using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.ServiceDefaults.Routing;

/// <summary>
/// Which model versions serve a request, in the order in which they are tried. Pure: the same inputs give the same decision, in a gateway and in the registry's dry run.
/// 1. The model that the request names, an alias resolved: the first reading of it that the catalog knows.
/// 2. A rule that the request meets. Of a request that names a version none is asked, of one that names a model those with a condition on it: see <see cref="RuleChoice"/>.
/// 3. Without a model and a rule: the cheapest model that can do what the request needs, see <see cref="CapabilityChoice"/>. What is demanded and cannot be had is refused.
/// 4. The routing default.
/// 5. Nothing: the request is refused.
/// Then the versions of what was decided share by weight (<see cref="VersionSplit"/>), and the list of what is tried is made (<see cref="RouteList"/>, <see cref="FallbackChain"/>).
/// </summary>
public static class Router
{
    /// <param name="isReady">Whether a version is thought to be able to serve; asked several times.</param>
    /// <param name="roll">In [0, 1), another one at each call: chooses where weights alone do. Null: the heaviest is taken.</param>
    /// <param name="trace">Where reasons are noted down.</param>
    public static RoutingDecision Decide(CatalogSnapshot catalog, RoutingRequest request, Func<ModelVersion, bool> isReady, Func<double>? roll, RoutingTrace? trace = null)
    {
        var inputs = new RoutingInputs(catalog, request, isReady, roll, trace);
        var namesModel = request.Model.Length > 0;

        // 1
        var (named, isVersionNamed) = namesModel ? Named(inputs) : (null, false);
        var asked = namesModel ? named?.Asked ?? request.UnknownName : null;
        trace?.Step(1, !namesModel ? "the request names no model" : named is null ? $"'{request.Model}' is nothing that is registered and serves" : $"'{request.Model}' is {Text(named)}");

        // 2
        if (isVersionNamed || request.Version is not null)
        {
            trace?.Step(2, "no rule is asked: the request names a version");
        }
        else if (RuleChoice.Choose(inputs, asked, named?.Adapter ?? "") is { } met)
        {
            trace?.Step(2, $"the rule '{met.Rule.Name}' decides: to {Text(met.Target)}");
            return Routed(inputs, RoutedBy.Rule, met.Rule.Name, asked, met.Target, false);
        }
        else
        {
            trace?.Step(2, catalog.Traffic.Rules.IsEmpty ? "there are no rules" : "no rule decides");
        }

        if (namesModel)
        {
            return named is null ? RoutingDecision.Refused(RoutedBy.UnknownModel) : Routed(inputs, RoutedBy.Model, null, asked, named, isVersionNamed);
        }

        // 3
        if (CapabilityChoice.Choose(inputs) is { } able)
        {
            return Routed(inputs, RoutedBy.Capabilities, null, null, able, false);
        }

        if (request.Demanded.Count > 0)
        {
            return RoutingDecision.Refused(RoutedBy.MissingCapability);
        }

        // 4
        if (catalog.Traffic.Routing.Default is { } target)
        {
            var standing = Destination.Of(catalog, target, "");
            var serves = standing?.Candidates(isReady).IsEmpty == false;
            trace?.Step(4, serves ? $"the default is {Text(standing!)}" : $"the default {TargetText.Of(target, "")} is nothing that is registered and serves");
            if (serves)
            {
                return Routed(inputs, RoutedBy.Default, null, null, standing!, false);
            }
        }

        // 5
        trace?.Step(5, "nothing is configured that routes it");
        return RoutingDecision.Refused(RoutedBy.Nothing);
    }

    private static (Destination? Named, bool IsVersionNamed) Named(RoutingInputs inputs)
    {
        foreach (var reading in inputs.Request.Readings())
        {
            var destination = Destination.Of(inputs.Catalog, reading.Name, reading.Version, reading.Adapter);
            if (destination is not null && !destination.Candidates(inputs.IsReady).IsEmpty)
            {
                return (destination, reading.Version is not null);
            }
        }

        return (null, false);
    }

    private static RoutingDecision Routed(RoutingInputs inputs, RoutedBy by, string? rule, string? asked, Destination target, bool isNamed) =>
        new(by, rule, target.Asked, RouteList.Build(inputs, target, isNamed, FallbackChain.Of(inputs.Catalog.Traffic.Routing, asked, target)));

    private static string Text(Destination to) =>
        $"{(to.Asked == to.Name ? "" : $"the alias '{to.Asked}' of ")}the model '{to.Name}'{(to.Version is null ? "" : $" version '{to.Version}'")}{(to.Adapter.Length == 0 ? "" : $" with the adapter '{to.Adapter}'")}";
}
