using ModelMesh.Contracts.Catalog;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Registry.Hedging;

/// <summary>
/// After how long without a first token a request is sent to a second place too; null: never. Pure.
/// 1. As the request says: a time, or never.
/// 2. As the version that it is sent to first has it.
/// </summary>
internal static class HedgeDelay
{
    public static TimeSpan? For(CallTraits traits, ModelResilience resilience) => traits.HedgeAfter switch
    {
        // 1
        { } wish => wish == Timeout.InfiniteTimeSpan ? null : wish,

        // 2
        null => resilience.HedgeAfterMs is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
    };
}
