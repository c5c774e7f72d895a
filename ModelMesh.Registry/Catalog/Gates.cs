using System.Globalization;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Registry.Leases;
using ModelMesh.ServiceDefaults.Store;
using StackExchange.Redis;

namespace ModelMesh.Registry.Catalog;

/// <summary>What became of an attempt to close a gate.</summary>
internal abstract record GateClosing
{
    /// <summary>Closed: nothing runs behind it and nothing will.</summary>
    internal sealed record Closed : GateClosing;

    /// <summary>Not closed: requests run, or wait for a slot that they will get.</summary>
    internal sealed record Active(int Running, int Waiting) : GateClosing;

    /// <summary>Not closed: the model has a newer revision.</summary>
    internal sealed record Stale(long Revision) : GateClosing;
}

/// <summary>A gate as the store has it.</summary>
internal sealed record GateState(string State, long Revision)
{
    /// <summary>Whether it was closed for good at the model's revision, which is what a deletion does first.</summary>
    public bool ClosesFor(ModelVersion model) => Revision == model.Revision && string.Equals(State, "closed", StringComparison.Ordinal);
}

/// <summary>
/// The gates of models: what admission asks in the store. A gate follows its model's revision and never goes back. Gate and catalog lie in
/// different slots of a cluster, so no script can change both; <see cref="GateReconciler"/> finishes what stopped between them. Thread-safe.
/// </summary>
internal sealed class Gates(StoreConnection store) : IGates
{
    // Longer than any replica's snapshot can lag behind: each compares its revision every few seconds.
    private static readonly TimeSpan Tombstone = TimeSpan.FromMinutes(10);

    private static readonly StoreScript Write = StoreScript.Load<Gates>("gate-write.lua");
    private static readonly StoreScript Close = StoreScript.Load<Gates>("gate-close.lua");

    /// <summary>Raised when a model of the catalog was found closed for good: unless its deletion is under way, it stopped half-way.</summary>
    public event Action<ModelId>? FoundClosed;

    /// <summary>Brings the gate to the model's revision unless it is there or further, and tells what it is then.</summary>
    public Task<GateState> WriteAsync(ModelVersion model) => store.RunAsync(StoreCommands.GateWrite, database => WriteAsync(database, model));

    public async Task<bool> RestoreAsync(ModelVersion model, CancellationToken cancellationToken)
    {
        var gate = await WriteAsync(model).WaitAsync(cancellationToken);
        if (!gate.ClosesFor(model))
        {
            return true;
        }

        FoundClosed?.Invoke(model.Id);
        return false;
    }

    /// <summary>Closes the gate for good, unless requests run or the model has changed.</summary>
    public async Task<GateClosing> CloseIfIdleAsync(ModelVersion model)
    {
        var answer = (RedisResult[])(await store.RunAsync(StoreCommands.GateWrite, database => Close.EvaluateAsync(
            database,
            [store.Keys.Gate(model.Id), store.Keys.Leases(model.Id), store.Keys.Queue(model.Id), store.Keys.Waiting(model.Id), store.Keys.QueuePace(model.Id)],
            [model.Revision, (long)Tombstone.TotalMilliseconds, store.Keys.QueueEvents, model.Id.ToString()])))!;
        return (string)answer[0]! switch
        {
            "active" => new GateClosing.Active((int)answer[1], (int)answer[2]),
            "stale" => new GateClosing.Stale((long)answer[1]),
            _ => new GateClosing.Closed(),
        };
    }

    private async Task<GateState> WriteAsync(IDatabase database, ModelVersion model)
    {
        var answer = (RedisResult[])(await Write.EvaluateAsync(
            database,
            [store.Keys.Gate(model.Id)],
            [
                model.Draining ? "draining" : "open",
                model.MaxConcurrency.ToString(CultureInfo.InvariantCulture),
                model.Revision,
                store.Keys.QueueEvents,
                model.Id.ToString(),
            ]))!;
        return new GateState((string)answer[0]!, (long)answer[1]);
    }
}
