using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Queue;
using ModelMesh.ServiceDefaults.Store;
using StackExchange.Redis;

namespace ModelMesh.Registry.Leases;

/// <summary>The scripts that take and give back slots and places in queues, and what they answer.</summary>
internal static class SlotScripts
{
    private static readonly StoreScript Acquire = StoreScript.Load<LeaseManager>("acquire.lua");
    private static readonly StoreScript Release = StoreScript.Load<LeaseManager>("release.lua");
    private static readonly StoreScript Renew = StoreScript.Load<LeaseManager>("renew.lua");
    private static readonly StoreScript Keep = StoreScript.Load<LeaseManager>("keep.lua");

    /// <param name="lease">Its id: the ticket's, where there is one.</param>
    public static Task<RedisResult> AcquireAsync(
        IDatabase database, StoreKeys keys, ModelId id, string lease, long servedRevision, TimeSpan leaseTtl, TimeSpan waiterTtl, QueueTicket? ticket) => Acquire.EvaluateAsync(
        database,
        Keys(keys, id),
        [
            lease,
            servedRevision,
            (long)leaseTtl.TotalMilliseconds,
            QueueOrder.FirstScore(ticket?.Priority ?? QueueOrder.LowestPriority),
            QueueOrder.BandWidth,
            ticket?.MaxQueue ?? 0,
            (long)waiterTtl.TotalMilliseconds,
            ticket?.Score ?? "",
            keys.QueueEvents,
            id.ToString(),
            ticket switch
            {
                { MayPreempt: true } => "urgent",
                { CanBePreempted: true } => "early",
                _ => "",
            },
            QueueOrder.FirstScore(-1),
        ]);

    public static Task<RedisResult> ReleaseAsync(IDatabase database, StoreKeys keys, ModelId id, string lease) =>
        Release.EvaluateAsync(database, Keys(keys, id), [lease, keys.QueueEvents, id.ToString()]);

    /// <returns>The ids that are not held any more, and after <c>-</c> those whose holders have to make room.</returns>
    public static Task<RedisResult> RenewAsync(IDatabase database, StoreKeys keys, ModelId id, TimeSpan ttl, IEnumerable<HeldLease> leases) =>
        Renew.EvaluateAsync(database, [keys.Leases(id), keys.Early(id)], [(long)ttl.TotalMilliseconds, .. leases.Select(lease => (RedisValue)lease.Id)]);

    /// <returns><c>kept</c>, <c>preempted</c> or <c>lost</c>.</returns>
    public static Task<RedisResult> KeepAsync(IDatabase database, StoreKeys keys, ModelId id, string lease) =>
        Keep.EvaluateAsync(database, [keys.Leases(id), keys.Early(id)], [lease]);

    /// <summary>Every answer but <c>granted</c>. The ticket learns what became of its place.</summary>
    public static LeaseAnswer Refusal(RedisResult[] answer, QueueTicket? ticket)
    {
        switch ((string)answer[0]!)
        {
            case "waiting":
                ticket!.Queued((string)answer[2]!, (int)answer[1], QueuePace.Wait((int)answer[1], (long)answer[3]));
                return new LeaseAnswer.Waiting();
            case "evicted":
                ticket!.Gone();
                return new LeaseAnswer.Evicted((int)answer[1], QueuePace.Wait((int)answer[1] + 1, (long)answer[2]));
            case "full":
                var queued = (int)answer[3];
                return new LeaseAnswer.AtCapacity((int)answer[1], (int)answer[2]) { Queued = queued, ExpectedWait = QueuePace.Wait(queued + 1, (long)answer[4]) };
            case "stale":
                return new LeaseAnswer.Stale((long)answer[1]);
            case "closed":
                return new LeaseAnswer.Closed();
            default:
                return new LeaseAnswer.NoGate();
        }
    }

    private static RedisKey[] Keys(StoreKeys keys, ModelId id) => [keys.Gate(id), keys.Leases(id), keys.Queue(id), keys.Waiting(id), keys.QueuePace(id), keys.Early(id)];
}
