using System.Collections.Concurrent;
using System.Diagnostics;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.Queue;

namespace ModelMesh.Registry.Tests.Fakes;

/// <summary>Slots counted in memory, with gates as the store has them. Nobody waits.</summary>
internal sealed class FakeLeases : ILeases, IGates, IQueue
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ModelId, (long Revision, int Max, bool Open)> _gates = [];
    private readonly ConcurrentDictionary<FakeLease, ModelId> _held = new();

    public IReadOnlyCollection<FakeLease> Held => [.. _held.Keys];

    public bool Away { get; set; }

    public int Restored { get; private set; }

    /// <summary>How often somebody wanted a slot.</summary>
    public int Asked { get; private set; }

    public void Open(ModelVersion model)
    {
        lock (_lock)
        {
            _gates[model.Id] = (model.Revision, model.MaxConcurrency, Open: true);
        }
    }

    public void Close(ModelVersion model)
    {
        lock (_lock)
        {
            _gates[model.Id] = (model.Revision, model.MaxConcurrency, Open: false);
        }
    }

    public Task<LeaseAnswer> AcquireAsync(ModelId id, long servedRevision, QueueTicket? ticket = null)
    {
        if (Away)
        {
            throw new MeshException(ErrorCode.StoreUnavailable);
        }

        lock (_lock)
        {
            Asked++;
            return Task.FromResult(Decide(id, servedRevision));
        }
    }

    public QueueTicket Open(ModelId model, int priority, bool canBePreempted = false, string? place = null) => new("ticket", model, priority, TimeProvider.System);

    public ValueTask CloseAsync(QueueTicket ticket) => ValueTask.CompletedTask;

    public Task<bool> RestoreAsync(ModelVersion model, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Restored++;
            if (!_gates.TryGetValue(model.Id, out var gate) || gate.Revision < model.Revision)
            {
                _gates[model.Id] = (model.Revision, model.MaxConcurrency, Open: true);
                return Task.FromResult(true);
            }

            return Task.FromResult(gate.Open || gate.Revision != model.Revision);
        }
    }

    private LeaseAnswer Decide(ModelId id, long servedRevision)
    {
        if (!_gates.TryGetValue(id, out var gate))
        {
            return new LeaseAnswer.NoGate();
        }

        if (!gate.Open)
        {
            return new LeaseAnswer.Closed();
        }

        if (gate.Revision > servedRevision)
        {
            return new LeaseAnswer.Stale(gate.Revision);
        }

        var active = _held.Values.Count(held => held == id);
        if (active >= gate.Max)
        {
            return new LeaseAnswer.AtCapacity(active, gate.Max);
        }

        var lease = new FakeLease(released => _held.TryRemove(released, out _));
        _held.TryAdd(lease, id);
        return new LeaseAnswer.Granted(lease);
    }
}

internal sealed class FakeLease(Action<FakeLease> release) : Lease
{
    private readonly CancellationTokenSource _lost = new();

    public override string Id { get; } = Guid.NewGuid().ToString("N");

    public override CancellationToken Lost => _lost.Token;

    /// <summary>When it was given back, by <see cref="Stopwatch.GetTimestamp"/>; 0 while it is held.</summary>
    public long ReleasedAt { get; private set; }

    public void Lose() => _lost.Cancel();

    public override ValueTask DisposeAsync()
    {
        ReleasedAt = Stopwatch.GetTimestamp();
        release(this);
        return ValueTask.CompletedTask;
    }
}
