using ModelMesh.Contracts.Traffic;

namespace ModelMesh.ServiceDefaults.Routing;

/// <summary>
/// What is tried when what a request was routed to cannot serve it.
/// 1. The chain of the name or alias by which the request was asked for; where that has none, of what it was sent to, then of the model behind an alias.
/// 2. For a request that named no model also the general one.
/// </summary>
internal static class FallbackChain
{
    /// <param name="asked">The name or alias that the request names; null for one that names none.</param>
    public static IEnumerable<ModelTarget> Of(RoutingDefaults routing, string? asked, Destination target)
    {
        // 1
        IEnumerable<ModelTarget> chain = asked is not null && routing.ModelFallbacks.TryGetValue(asked, out var own)
            || routing.ModelFallbacks.TryGetValue(target.Asked, out own)
            || routing.ModelFallbacks.TryGetValue(target.Name, out own) ? own : [];

        // 2
        return asked is null ? chain.Concat(routing.Fallbacks) : chain;
    }
}
