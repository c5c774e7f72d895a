using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Routing;

namespace ModelMesh.Gateway.Tests.Routing;

/// <summary>Routing as a function: a catalog and a request in, text out.</summary>
internal static class Dry
{
    public static CatalogSnapshot Catalog(IEnumerable<ModelVersion> models, params ITrafficEntry[] entries) => new FakeCatalog([.. models]).With(entries).Current;

    public static Alias Alias(string name, string model, string? version = null) => new() { Name = name, Target = new ModelTarget(model, version) };

    public static RoutingRule Rule(string name, string target, int priority = 0, int weight = 100, params RuleCondition[] conditions) =>
        new() { Name = name, Target = new ModelTarget(target), Priority = priority, Weight = weight, Conditions = conditions };

    /// <summary>What decided, the rule if one did, and the routes in order: <c>rule:night a@v1 b@v1</c>.</summary>
    public static string Route(CatalogSnapshot catalog, RoutingRequest request, Func<ModelVersion, bool>? isReady = null, double? roll = 0, RoutingTrace? trace = null)
    {
        var decision = Router.Decide(catalog, request, isReady ?? (_ => true), roll is { } value ? () => value : null, trace);
        var by = decision.Rule is { } rule ? $"rule:{rule}" : decision.By.ToString().ToLowerInvariant();
        return string.Join(' ', decision.Routes.Select(Text).Prepend(by));
    }

    private static string Text(RoutedVersion route) => $"{route.Model.Name}@{route.Model.Version}{(route.Adapter.Length > 0 ? $":{route.Adapter}" : "")}{(route.IsNamed ? "!" : "")}";
}
