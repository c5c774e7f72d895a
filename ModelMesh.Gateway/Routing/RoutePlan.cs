using System.Collections.Immutable;

namespace ModelMesh.Gateway.Routing;

/// <summary>Where a request goes: the first that can serve it does, in this order.</summary>
/// <param name="Routes">At least one, none twice.</param>
internal sealed record RoutePlan(ImmutableArray<ModelRoute> Routes)
{
    public ModelRoute First => Routes[0];

    public static RoutePlan Of(ModelRoute route) => new([route]);
}
