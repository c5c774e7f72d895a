using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Queue;
using ModelMesh.ServiceDefaults.Store;
using StackExchange.Redis;

namespace ModelMesh.Registry.Leases;

/// <summary>The scripts that take and give back slots and places in queues, and what they answer.</summary>
internal static class SlotScripts
{
    private static readonly StoreScript AcquireScript = StoreScript.Load<LeaseManager>("acquire.lua");
    private static readonly StoreScript ReleaseScript = StoreScript.Load<LeaseManager>("release.lua");
    private static readonly StoreScript RenewScript = StoreScript.Load<LeaseManager>("renew.lua");
    private static readonly StoreScript KeepScript = StoreScript.Load<LeaseManager>("keep.lua");

    /// <param name="lease">Its id: the ticket's, where there is one.</param>
    public static ScriptCall Acquire(StoreKeys keys, ModelId id, string lease, long servedRevision, TimeSpan leaseTtl, TimeSpan waiterTtl, QueueTicket? ticket) => new(
        AcquireScript,
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

    public static ScriptCall Release(StoreKeys keys, ModelId id, string lease) => new(ReleaseScript, Keys(keys, id), [lease, keys.QueueEvents, id.ToString()]);

    /// <returns>The ids that are not held any more, and after <c>-</c> those whose holders have to make room.</returns>
    public static ScriptCall Renew(StoreKeys keys, ModelId id, TimeSpan ttl, IEnumerable<HeldLease> leases) =>
        new(RenewScript, [keys.Leases(id), keys.Early(id)], [(long)ttl.TotalMilliseconds, .. leases.Select(lease => (StoreValue)lease.Id)]);

    /// <returns><c>kept</c>, <c>preempted</c> or <c>lost</c>.</returns>
    public static ScriptCall Keep(StoreKeys keys, ModelId id, string lease) => new(KeepScript, [keys.Leases(id), keys.Early(id)], [lease]);

    /// <summary>Every answer but <c>granted</c>. The ticket learns what became of its place.</summary>
    public static LeaseAnswer Refusal(IReadOnlyList<StoreReply> answer, QueueTicket? ticket)
    {
        switch (answer[0].Text)
        {
            case "waiting":
                var place = (int)answer[1].Number;
                ticket!.Queued(answer[2].Text!, place, QueuePace.Wait(place, answer[3].Number));
                return new LeaseAnswer.Waiting();
            case "evicted":
                ticket!.Gone();
                var waiting = (int)answer[1].Number;
                return new LeaseAnswer.Evicted(waiting, QueuePace.Wait(waiting + 1, answer[2].Number));
            case "full":
                var queued = (int)answer[3].Number;
                return new LeaseAnswer.AtCapacity((int)answer[1].Number, (int)answer[2].Number) { Queued = queued, ExpectedWait = QueuePace.Wait(queued + 1, answer[4].Number) };
            case "stale":
                return new LeaseAnswer.Stale(answer[1].Number);
            case "closed":
                return new LeaseAnswer.Closed();
            default:
                return new LeaseAnswer.NoGate();
        }
    }

    private static RedisKey[] Keys(StoreKeys keys, ModelId id) => [keys.Gate(id), keys.Leases(id), keys.Queue(id), keys.Waiting(id), keys.QueuePace(id), keys.Early(id)];
}
