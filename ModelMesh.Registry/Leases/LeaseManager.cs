using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Queue;
using ModelMesh.ServiceDefaults.Store;
using StackExchange.Redis;

namespace ModelMesh.Registry.Leases;

/// <summary>
/// A semaphore per model version in the store: its holders are members of a sorted set whose score is their expiry by the store's clock.
/// Acquire is one script; <see cref="LeaseRenewal"/> renews what is held here; release removes the member and tells who waits. A holder that is gone is
/// purged by the next acquire after its expiry.
/// </summary>
internal sealed class LeaseManager(StoreConnection store, IOptions<LeaseOptions> options, IOptions<QueueOptions> queue, TimeProvider time) : ILeases, IHeldSlots
{
    private static readonly StoreScript Acquire = StoreScript.Load<LeaseManager>("acquire.lua");
    private static readonly StoreScript Release = StoreScript.Load<LeaseManager>("release.lua");
    private static readonly StoreScript Renew = StoreScript.Load<LeaseManager>("renew.lua");

    private readonly TimeSpan _ttl = options.Value.Ttl;
    private readonly ConcurrentDictionary<string, HeldLease> _held = new(StringComparer.Ordinal);
    private readonly string _prefix = Guid.NewGuid().ToString("N");
    private long _last;

    /// <summary>What this process holds at this moment.</summary>
    public int HeldCount => _held.Count;

    public IReadOnlyDictionary<ModelId, int> HeldByModel => _held.Values.CountBy(lease => lease.Model).ToDictionary();

    public async Task<LeaseAnswer> AcquireAsync(ModelId id, long servedRevision, QueueTicket? ticket = null)
    {
        // Unique over all processes and their restarts.
        var leaseId = ticket?.Id ?? $"{_prefix}-{Interlocked.Increment(ref _last)}";
        var sentAt = time.GetTimestamp();
        IDatabase? used = null;
        var result = await store.RunAsync(
            database => Acquire.EvaluateAsync(
                used = database,
                Keys(id),
                [
                    leaseId,
                    servedRevision,
                    (long)_ttl.TotalMilliseconds,
                    QueueOrder.FirstScore(ticket?.Priority ?? QueueOrder.LowestPriority),
                    QueueOrder.BandWidth,
                    ticket?.MaxQueue ?? 0,
                    (long)queue.Value.Ttl.TotalMilliseconds,
                    ticket?.Score ?? "",
                    store.Keys.QueueEvents,
                    id.ToString(),
                ]),
            abandoned: sent => _ = ReleaseLateAsync(used!, sent, id, leaseId));
        var answer = (RedisResult[])result!;
        switch ((string)answer[0]!)
        {
            case "granted":
                ticket?.Granted();
                var lease = new HeldLease(this, id, leaseId, sentAt);
                _held[leaseId] = lease;
                return new LeaseAnswer.Granted(lease);
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

    /// <summary>Gives up a place in the queue. Never throws: one that cannot be given up expires by itself.</summary>
    internal Task LeaveAsync(QueueTicket ticket) => RemoveAsync(ticket.Model, ticket.Id);

    /// <summary>Renews everything held, one script a model, all sent at once. False when the store did not answer for some of it.</summary>
    internal async Task<bool> RenewAsync()
    {
        var answered = await Task.WhenAll(_held.Values.GroupBy(lease => lease.Model).Select(group => RenewAsync(group.Key, [.. group])));
        return answered.All(all => all);
    }

    /// <summary>Loses every lease whose time is up <paramref name="margin"/> from now: after that its slot may be another's.</summary>
    internal void LoseOverdue(TimeSpan margin)
    {
        foreach (var lease in _held.Values)
        {
            if (time.GetElapsedTime(lease.ConfirmedAt) >= _ttl - margin)
            {
                Lose(lease);
            }
        }
    }

    internal async Task ReleaseAsync(HeldLease lease)
    {
        _held.TryRemove(lease.Id, out _);
        await RemoveAsync(lease.Model, lease.Id);
    }

    private async Task<bool> RenewAsync(ModelId model, HeldLease[] leases)
    {
        try
        {
            // Counted from before it was sent: the store's own count begins later.
            var sentAt = time.GetTimestamp();
            RedisValue[] values = [(long)_ttl.TotalMilliseconds, .. leases.Select(lease => (RedisValue)lease.Id)];
            var result = await store.RunAsync(database => Renew.EvaluateAsync(database, [store.Keys.Leases(model)], values));
            var lost = ((RedisResult[])result!).Select(id => (string)id!).ToHashSet(StringComparer.Ordinal);
            foreach (var lease in leases)
            {
                if (lost.Contains(lease.Id))
                {
                    Lose(lease);
                }
                else
                {
                    lease.Confirm(sentAt);
                }
            }

            return true;
        }
        catch (MeshException exception) when (exception.Code == ErrorCode.StoreUnavailable)
        {
            return false;
        }
    }

    // A lease that was released meanwhile is nobody's loss.
    private void Lose(HeldLease lease)
    {
        if (_held.TryRemove(lease.Id, out _))
        {
            lease.Lose();
        }
    }

    // The caller was told that the store is away; if the slot was granted after all, nobody will use it. Past the session on purpose: the
    // answer may come before the store counts as back.
    private async Task ReleaseLateAsync(IDatabase database, Task<RedisResult> sent, ModelId model, string leaseId)
    {
        try
        {
            await sent.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            await ReleaseAsync(database, model, leaseId);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or OperationCanceledException or ObjectDisposedException)
        {
            // It expires by itself.
        }
    }

    private async Task RemoveAsync(ModelId model, string leaseId)
    {
        try
        {
            await store.RunAsync(database => ReleaseAsync(database, model, leaseId));
        }
        catch (Exception exception) when (exception is MeshException { Code: ErrorCode.StoreUnavailable } or RedisServerException)
        {
            // It expires by itself: nothing renews it any more.
        }
    }

    private Task<RedisResult> ReleaseAsync(IDatabase database, ModelId model, string id) =>
        Release.EvaluateAsync(database, Keys(model), [id, store.Keys.QueueEvents, model.ToString()]);

    private RedisKey[] Keys(ModelId id) => [store.Keys.Gate(id), store.Keys.Leases(id), store.Keys.Queue(id), store.Keys.Waiting(id), store.Keys.QueuePace(id)];
}
