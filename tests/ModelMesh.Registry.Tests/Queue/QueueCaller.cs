using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.Queue;
using ModelMesh.Registry.Tests.Replicas;
using StackExchange.Redis;

namespace ModelMesh.Registry.Tests.Queue;

/// <summary>What a request does to get its slot, without a runtime to pin.</summary>
internal static class QueueCaller
{
    public static ModelVersion Define(string name, int maxConcurrency = 1, int maxQueue = 1000, int timeoutMs = 60_000) =>
        TestReplica.Define(name, maxConcurrency) with { MaxQueue = maxQueue, QueueTimeoutMs = timeoutMs };

    /// <param name="queued">Is given the ticket once, when it has its place.</param>
    public static Task<Lease> GetSlotAsync(this TestReplica replica, ModelVersion model, int priority = 0, Action<QueueTicket>? queued = null, CancellationToken callerGone = default) =>
        replica.GetSlotAsync(model, new QueueTerms(MayWait: true, priority).Preemptible(), queued, callerGone);

    /// <param name="queued">Is given the ticket once, when it has its place.</param>
    public static async Task<Lease> GetSlotAsync(this TestReplica replica, ModelVersion model, QueueTerms terms, Action<QueueTicket>? queued = null, CancellationToken callerGone = default)
    {
        await using var request = new QueuedRequest(replica.Queue, model.Id, terms, TimeSpan.FromSeconds(7), TimeProvider.System, CancellationToken.None);
        while (true)
        {
            var ticket = request.TicketFor(model);
            switch (await replica.Leases.AcquireAsync(model.Id, model.Revision, ticket))
            {
                case LeaseAnswer.Granted granted:
                    return granted.Lease;
                case LeaseAnswer.Waiting:
                    queued?.Invoke(ticket!);
                    queued = null;
                    await request.WaitAsync(model, callerGone);
                    break;
                case LeaseAnswer.AtCapacity full:
                    throw QueueErrors.Full(model.Id, full, TimeSpan.FromSeconds(7));
                case LeaseAnswer.Evicted evicted:
                    throw QueueErrors.Evicted(model.Id, evicted, request.Waited, TimeSpan.FromSeconds(7));
                case var other:
                    throw new InvalidOperationException($"{other}");
            }
        }
    }

    /// <summary>Begins to wait, and returns when it has its place: callers started one after the other arrive in that order.</summary>
    public static Task<Waiting> QueueUpAsync(this TestReplica replica, ModelVersion model, int priority = 0) =>
        replica.QueueUpAsync(model, new QueueTerms(MayWait: true, priority).Preemptible());

    /// <summary>Begins to wait, and returns when it has its place: callers started one after the other arrive in that order.</summary>
    public static async Task<Waiting> QueueUpAsync(this TestReplica replica, ModelVersion model, QueueTerms terms)
    {
        var placed = new TaskCompletionSource<QueueTicket>(TaskCreationOptions.RunContinuationsAsynchronously);
        var gone = new CancellationTokenSource();
        var slot = replica.GetSlotAsync(model, terms, placed.SetResult, gone.Token);
        await Task.WhenAny(placed.Task, slot);
        return new Waiting(slot, placed.Task.IsCompleted ? await placed.Task : null, gone);
    }

    public static async Task<int> QueuedAsync(this TestReplica replica, ModelVersion model) => (await replica.Get<IQueueCounts>().CountAsync([model.Id]))[0];

    /// <summary>No look saves what a lost wake-up left waiting, from now on.</summary>
    public static Task StopLookingAsync(this TestReplica replica) =>
        replica.Get<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>>().OfType<QueueWatch>().Single().StopAsync(CancellationToken.None);

    public static Task<bool> HasPlaceAsync(this TestReplica replica, ModelVersion model, QueueTicket ticket) =>
        replica.Store.RunAsync(async database => (await database.SortedSetScoreAsync(replica.Store.Keys.Queue(model.Id), (RedisValue)ticket.Id)) is not null);
}

/// <summary>A caller in a queue. The ticket is null for one that did not have to wait.</summary>
internal sealed record Waiting(Task<Lease> Slot, QueueTicket? Ticket, CancellationTokenSource Gone);
