using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Instances;
using ModelMesh.ServiceDefaults.Balancing;

namespace ModelMesh.Gateway.Registry;

/// <summary>
/// Which instance takes a request. Pure; the answer is an index, or -1 when there is none left to ask.
/// 1. Out: those this request was already tried on, and those that are stopping.
/// 2. Those with the model's backend type ready; all, when none says so (a fixed list says nothing, a plugin may load this moment).
/// 3. Those not in quarantine; when all are, the one whose quarantine ends first: a request that might be served is not refused unasked.
/// 4. Of what is left one by the balancer. Where that takes the least in flight, equals take turns, so that none is long without a request.
/// </summary>
internal static class InstanceChoice
{
    private const string Ready = "ready";

    public static int Choose(ReadOnlySpan<InstanceView> instances, string backendType, IReadOnlySet<string> tried, TimeSpan now, IBalancer balancer, in BalanceRequest request)
    {
        // 1, 2
        var anyReady = false;
        foreach (var view in instances)
        {
            anyReady |= IsCandidate(view, tried) && HasReady(view.Info, backendType);
        }

        // 3
        Span<int> left = instances.Length <= 64 ? stackalloc int[instances.Length] : new int[instances.Length];
        var (count, soonest) = (0, -1);
        for (var index = 0; index < instances.Length; index++)
        {
            var view = instances[index];
            if (!IsCandidate(view, tried) || (anyReady && !HasReady(view.Info, backendType)))
            {
                continue;
            }

            if (!view.Quarantine.IsActive(now))
            {
                left[count++] = index;
            }
            else if (soonest < 0 || view.Quarantine.Until < instances[soonest].Quarantine.Until)
            {
                soonest = index;
            }
        }

        // 4
        return count switch
        {
            0 => soonest,
            1 => left[0],
            _ => left[Balance(instances, left[..count], balancer, request)],
        };
    }

    private static int Balance(ReadOnlySpan<InstanceView> instances, ReadOnlySpan<int> left, IBalancer balancer, in BalanceRequest request)
    {
        var candidates = new BalanceCandidate[left.Length];
        for (var i = 0; i < candidates.Length; i++)
        {
            candidates[i] = new BalanceCandidate(instances[left[i]].Info.Id, Weight: 1, instances[left[i]].InFlight);
        }

        return balancer.Name == BalancingPolicies.LeastInFlight
            ? balancer.Choose(candidates, request with { Roll = ((request.Turn % candidates.Length) + 0.5) / candidates.Length })
            : balancer.Choose(candidates, request);
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
}
