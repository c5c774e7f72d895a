using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Leases;
using ModelMesh.ServiceDefaults.Store;
using StackExchange.Redis;

namespace ModelMesh.Registry.Queue;

/// <summary>
/// The waiters of this process. A message wakes those whose turn it is; since messages can be lost, <see cref="QueueWatch"/> also has them looked after in the
/// store again and again, which vouches for them too: a process that dies stops vouching, and its waiters' places are free when they expire.
/// </summary>
internal sealed class QueueWaiters(StoreConnection store, LeaseManager leases, IOptions<QueueOptions> options, TimeProvider time) : IQueue
{
    // A script keeps the store from everything else while it runs.
    private const int MostInOneLook = 500;
    private static readonly StoreScript Look = StoreScript.Load<QueueWaiters>("look.lua");

    private readonly ConcurrentDictionary<string, QueueTicket> _tickets = new(StringComparer.Ordinal);
    private readonly string _prefix = Guid.NewGuid().ToString("N");
    private long _last;

    /// <summary>Raised with a model whose gate changed. Handlers must be quick and must not throw.</summary>
    public event Action<string>? GateChanged;

    public int Count => _tickets.Count;

    public QueueTicket Open(ModelId model, int priority, bool canBePreempted = false, string? place = null)
    {
        var ticket = new QueueTicket($"{_prefix}-{Interlocked.Increment(ref _last)}", model, priority, time, canBePreempted, place);
        _tickets[ticket.Id] = ticket;
        return ticket;
    }

    public async ValueTask CloseAsync(QueueTicket ticket)
    {
        _tickets.TryRemove(ticket.Id, out _);
        if (ticket.Score is not null)
        {
            await leases.LeaveAsync(ticket);
        }
    }

    /// <summary>Takes a message of the queue's channel.</summary>
    public void Hear(string message)
    {
        var parts = message.Split(' ');
        if (parts.Length == 1)
        {
            GateChanged?.Invoke(message);
            return;
        }

        foreach (var id in parts.AsSpan(1))
        {
            if (id.StartsWith('-'))
            {
                Preempt(id[1..]);
            }
            else if (_tickets.TryGetValue(id, out var ticket))
            {
                ticket.Wake();
            }
        }
    }

    /// <summary>Looks after all waiters, or those of some models: who is gone or next is woken, the others learn their places.</summary>
    /// <param name="models">Ids as text; null for all.</param>
    public Task LookAsync(IReadOnlySet<string>? models) => Task.WhenAll(_tickets.Values
        .Where(ticket => ticket.Score is not null)
        .GroupBy(ticket => ticket.Model)
        .Where(group => models is null || models.Contains(group.Key.ToString()))
        .SelectMany(group => group.Chunk(MostInOneLook).Select(tickets => LookAsync(group.Key, tickets))));

    // The ticket before the lease: who gets the slot this moment writes and reads them the other way round.
    private void Preempt(string id)
    {
        if (_tickets.TryGetValue(id, out var ticket))
        {
            ticket.Preempt();
        }

        leases.Preempt(id);
    }

    private async Task LookAsync(ModelId model, QueueTicket[] tickets)
    {
        RedisResult[] answer;
        try
        {
            RedisKey[] keys = [store.Keys.Gate(model), store.Keys.Leases(model), store.Keys.Queue(model), store.Keys.Waiting(model), store.Keys.QueuePace(model)];
            RedisValue[] values = [(long)options.Value.Ttl.TotalMilliseconds, .. tickets.Select(ticket => (RedisValue)ticket.Id)];
            answer = (RedisResult[])(await store.RunAsync(StoreCommands.QueueLook, database => Look.EvaluateAsync(database, keys, values)))!;
        }
        catch (MeshException exception) when (exception.Code == ErrorCode.StoreUnavailable)
        {
            // They keep waiting: a place that the store forgets meanwhile is taken again by its score.
            return;
        }

        var free = (int)answer[0];
        for (var i = 0; i < tickets.Length; i++)
        {
            var position = free < 0 ? 0 : (int)answer[i + 2];
            if (position <= Math.Max(0, free))
            {
                tickets[i].Wake();
            }
            else
            {
                tickets[i].Moved(position, QueuePace.Wait(position, (long)answer[1]));
            }
        }
    }
}
