using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Queue;
using ModelMesh.ServiceDefaults.Store;

namespace ModelMesh.Registry.Leases;

/// <summary>
/// A semaphore per model version in the store: its holders are members of a sorted set whose score is their expiry by the store's clock.
/// Acquire is one script; <see cref="LeaseRenewal"/> renews what is held here; release removes the member and tells who waits. A holder that is gone is
/// purged by the next acquire after its expiry.
/// </summary>
internal sealed class LeaseManager(StoreConnection store, IOptions<LeaseOptions> options, IOptions<QueueOptions> queue, LeaseTelemetry telemetry, TimeProvider time) : ILeases, IHeldSlots
{
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

        // The caller may be told that the store is away; if the slot is granted after all, nobody will use it.
        var reply = await store.RunScriptAsync(
            StoreCommands.LeaseAcquire,
            SlotScripts.Acquire(store.Keys, id, leaseId, servedRevision, _ttl, queue.Value.Ttl, ticket),
            undo: _ => SlotScripts.Release(store.Keys, id, leaseId));
        var answer = reply.Items;
        if (!string.Equals(answer[0].Text, "granted", StringComparison.Ordinal))
        {
            return SlotScripts.Refusal(answer, ticket);
        }

        ticket?.Granted();
        var lease = new HeldLease(this, id, leaseId, sentAt, answer.Count > 1 ? answer[1].Text : null, time);
        _held[leaseId] = lease;

        // The news that it has to make room may have come before the slot.
        if (ticket is { MustLeave: true })
        {
            lease.Leave();
        }

        return new LeaseAnswer.Granted(lease);
    }

    /// <summary>Gives up a place in the queue. Never throws: one that cannot be given up expires by itself.</summary>
    internal Task LeaveAsync(QueueTicket ticket) => RemoveAsync(ticket.Model, ticket.Id);

    /// <summary>Renews everything held, one script a model, all sent at once. False when the store did not answer for some of it.</summary>
    internal async Task<bool> RenewAsync()
    {
        if (_held.IsEmpty)
        {
            return true;
        }

        var since = time.GetTimestamp();
        var answered = await Task.WhenAll(_held.Values.GroupBy(lease => lease.Model).Select(group => RenewAsync(group.Key, [.. group])));
        var all = Array.TrueForAll(answered, one => one);
        telemetry.Renewed(all, time.GetElapsedTime(since));
        return all;
    }

    /// <summary>Loses every lease whose time is up <paramref name="margin"/> from now: after that its slot may be another's.</summary>
    internal void LoseOverdue(TimeSpan margin)
    {
        foreach (var lease in _held.Values)
        {
            if (time.GetElapsedTime(lease.ConfirmedAt) >= _ttl - margin)
            {
                Lose(lease, "overdue");
            }
        }
    }

    /// <summary>The store was heard to say that this lease's holder has to make room.</summary>
    internal void Preempt(string leaseId)
    {
        if (_held.TryGetValue(leaseId, out var lease))
        {
            lease.Leave();
        }
    }

    /// <summary>Asks the store whether the holder need not make room from now on, and tells the lease. While the store is away nothing changes.</summary>
    internal async Task KeepAsync(HeldLease lease)
    {
        try
        {
            switch ((await store.RunScriptAsync(StoreCommands.LeaseKeep, SlotScripts.Keep(store.Keys, lease.Model, lease.Id))).Text)
            {
                case "kept":
                    lease.Keep();
                    break;
                case "preempted":
                    lease.Leave();
                    break;
                default:
                    Lose(lease, "gone");
                    break;
            }
        }
        catch (Exception exception) when (exception is MeshException { Code: ErrorCode.StoreUnavailable } or StoreRefusedException)
        {
            // It is asked again, until the slot is lost.
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
            var reply = await store.RunScriptAsync(StoreCommands.LeaseRenew, SlotScripts.Renew(store.Keys, model, _ttl, leases));
            var told = reply.Items.Select(id => id.Text!).ToHashSet(StringComparer.Ordinal);
            foreach (var lease in leases)
            {
                if (told.Contains(lease.Id))
                {
                    Lose(lease, "gone");
                    continue;
                }

                lease.Confirm(sentAt);
                if (told.Contains($"-{lease.Id}"))
                {
                    lease.Leave();
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
    private void Lose(HeldLease lease, string reason)
    {
        if (_held.TryRemove(lease.Id, out _))
        {
            telemetry.Lost(lease.Model, reason);
            lease.Lose();
        }
    }

    private async Task RemoveAsync(ModelId model, string leaseId)
    {
        try
        {
            await store.RunScriptAsync(StoreCommands.LeaseRelease, SlotScripts.Release(store.Keys, model, leaseId));
        }
        catch (Exception exception) when (exception is MeshException { Code: ErrorCode.StoreUnavailable } or StoreRefusedException)
        {
            // It expires by itself: nothing renews it any more.
        }
    }
}
