using ModelMesh.Contracts.Instances;

namespace ModelMesh.Gateway.Registry;

/// <summary>
/// Which instance takes a request. Pure; the answer is an index, or -1 when there is none left to ask.
/// 1. Out: those this request was already tried on, and those that are stopping.
/// 2. Those with the model's backend type ready; all, when none says so (a fixed list says nothing, a plugin may load this moment).
/// 3. Those not in quarantine; when all are, the one whose quarantine ends first: a request that might be served is not refused unasked.
/// 4. The least in flight; among equals the next in turn.
/// </summary>
internal static class InstanceChoice
{
    private const string Ready = "ready";

    public static int Choose(ReadOnlySpan<InstanceView> instances, string backendType, IReadOnlySet<string> tried, TimeSpan now, uint turn)
    {
        // 1, 2
        var anyReady = false;
        foreach (var view in instances)
        {
            anyReady |= IsCandidate(view, tried) && HasReady(view.Info, backendType);
        }

        var best = -1;
        for (var i = 0; i < instances.Length; i++)
        {
            // Starting at the turn makes the first of equals the next in turn.
            var index = (int)((turn + (uint)i) % (uint)instances.Length);
            var view = instances[index];
            if (IsCandidate(view, tried)
                && (!anyReady || HasReady(view.Info, backendType))
                && (best < 0 || IsBetter(view, instances[best], now)))
            {
                best = index;
            }
        }

        return best;
    }

    private static bool IsCandidate(InstanceView view, IReadOnlySet<string> tried) => !view.Info.Stopping && !tried.Contains(view.Info.Id);

    private static bool HasReady(InstanceInfo info, string backendType)
    {
        foreach (var plugin in info.Plugins)
        {
            if (plugin.Type == backendType && plugin.State == Ready)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBetter(InstanceView view, InstanceView best, TimeSpan now) => (view.Quarantine.IsActive(now), best.Quarantine.IsActive(now)) switch
    {
        // 3
        (false, true) => true,
        (true, false) => false,
        (true, true) => view.Quarantine.Until < best.Quarantine.Until,

        // 4
        (false, false) => view.InFlight < best.InFlight,
    };
}
