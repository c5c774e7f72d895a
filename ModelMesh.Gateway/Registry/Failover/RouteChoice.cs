namespace ModelMesh.Gateway.Registry.Failover;

/// <summary>
/// Which route of a plan is next. Pure; the answer is an index, or -1 when there is none.
/// 1. The first that is left and whose breaker lets the request through.
/// 2. Where no breaker does and nothing was asked yet, the first: a request that might be served is not refused unasked, and its registry answers at once.
/// 3. Otherwise none: the request has its reason, and what is skipped is down.
/// </summary>
internal static class RouteChoice
{
    public static int Choose(ReadOnlySpan<RouteView> routes)
    {
        var untouched = true;
        for (var index = 0; index < routes.Length; index++)
        {
            // 1
            if (routes[index] is { Taken: false, Admits: true })
            {
                return index;
            }

            untouched &= !routes[index].Taken;
        }

        // 2, 3
        return untouched && routes.Length > 0 ? 0 : -1;
    }
}
