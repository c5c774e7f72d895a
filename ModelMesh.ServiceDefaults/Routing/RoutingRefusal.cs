using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.ServiceDefaults.Routing;

/// <summary>The error of a request that goes nowhere.</summary>
public static class RoutingRefusal
{
    private const int MaxListed = 20;

    /// <param name="reason">That of a decision without routes.</param>
    public static MeshException For(CatalogSnapshot catalog, RoutingRequest request, RoutedBy reason) => reason switch
    {
        RoutedBy.UnknownModel => NotFoundMessage.For(catalog, Nearest(catalog, request)),
        RoutedBy.MissingCapability => Missing(catalog, request),
        _ => MeshException.Invalid("model", "is required: no rule, no capability that the request needs and no routing default sends requests without it anywhere; an operator can configure one"),
    };

    // What a client is told is of the model it came nearest to.
    private static ModelReference Nearest(CatalogSnapshot catalog, RoutingRequest request) =>
        request.Readings().Cast<ModelReference?>().FirstOrDefault(reading => IsKnown(catalog, reading!.Value.Name)) ?? request.Readings().First();

    private static bool IsKnown(CatalogSnapshot catalog, string name) => !catalog.VersionsOf(name).IsEmpty || catalog.Traffic.Aliases.ContainsKey(name);

    private static MeshException Missing(CatalogSnapshot catalog, RoutingRequest request)
    {
        var known = catalog.All.SelectMany(model => model.Capabilities).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var shown = known.Length == 0 ? "none" : string.Join(", ", known.Take(MaxListed)) + (known.Length > MaxListed ? $" and {known.Length - MaxListed} more" : "");
        return new MeshException(
            ErrorCode.ModelNotFound,
            $"No model that takes requests without a model's name has the capabilities that this one demands: {string.Join(", ", request.Demanded)}. Capabilities of models: {shown}.");
    }
}
