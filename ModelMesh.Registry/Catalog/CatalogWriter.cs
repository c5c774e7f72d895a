using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Traffic;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Catalog;

/// <summary>
/// An operator's changes. Each is ordered to be safe when it stops half-way: a new or changed model is in the catalog before its gate says
/// so, a deleted one has its gate closed before it leaves the catalog. An answer means that both are done and on disk, and that this replica's
/// own snapshot has it; every other replica learns by its next acquire at the latest, which compares revisions with the gate. Thread-safe.
/// </summary>
internal sealed class CatalogWriter(CatalogScripts scripts, CatalogDurability durability, Gates gates, ICatalog catalog)
{
    private const int MostAttempts = 10;

    /// <exception cref="MeshException"><c>conflict</c> when it exists, or an alias has its name; <c>store_unavailable</c>.</exception>
    public async Task<ModelVersion> RegisterAsync(ModelVersion model)
    {
        var answer = await scripts.RegisterAsync(model);
        return answer.Outcome switch
        {
            "exists" => throw new MeshException(ErrorCode.Conflict, $"{Label(model.Id)} is registered already; PUT replaces it."),
            "alias" => throw new MeshException(ErrorCode.Conflict, $"'{model.Name}' or '{model.Name}@{model.Version}' is an alias; a model needs another name, or the alias has to go first."),
            _ => await PublishAsync(answer.Model!),
        };
    }

    /// <param name="model">The new definition.</param>
    /// <param name="expectedRevision">Null: any.</param>
    /// <param name="weightIsGiven">Whether its weight is meant, as against the default. While a rollout of the model runs, the weight stays as the rollout set it.</param>
    /// <exception cref="MeshException"><c>model_not_found</c>, <c>precondition_failed</c>, <c>conflict</c> while it drains, or when a rollout holds another weight; <c>store_unavailable</c>.</exception>
    public async Task<ModelVersion> UpdateAsync(ModelVersion model, long? expectedRevision, bool weightIsGiven = true) =>
        await PublishAsync(Changed(model.Id, await scripts.UpdateAsync(model, expectedRevision, weightIsGiven)));

    /// <summary>Sets how the versions of a model share its traffic, without a new revision of any.</summary>
    /// <param name="name">The model.</param>
    /// <param name="weights">By version; others keep theirs.</param>
    /// <param name="expectedRevision">The newest revision of any of its versions or weights; null: any.</param>
    /// <returns>The catalog with them.</returns>
    /// <exception cref="MeshException"><c>conflict</c> while a rollout sets them or a version drains; <c>precondition_failed</c>, <c>store_unavailable</c>.</exception>
    public async Task<CatalogSnapshot> SetWeightsAsync(string name, IReadOnlyDictionary<string, int> weights, long? expectedRevision)
    {
        switch (await scripts.SetWeightsAsync(name, weights, expectedRevision))
        {
            case { Outcome: "rollout" }:
                throw new MeshException(ErrorCode.Conflict, $"A rollout of model '{name}' sets its weights; abort it first.");
            case { Outcome: "mismatch" } answer:
                throw new MeshException(ErrorCode.PreconditionFailed, $"Model '{name}' is at revision {answer.Revision}.");
            case { Outcome: "missing" }:
                throw new MeshException(ErrorCode.Conflict, $"A version of model '{name}' that was named is draining, or gone by now.");
        }

        await durability.ConfirmAsync();
        return await catalog.RefreshAsync(CancellationToken.None);
    }

    /// <summary>Stops admission; whoever finds the model idle deletes it.</summary>
    /// <exception cref="MeshException"><c>model_not_found</c>, <c>precondition_failed</c>, <c>conflict</c> when entries refer to it; <c>store_unavailable</c>.</exception>
    public async Task<ModelVersion> DrainAsync(ModelId id, long? expectedRevision) =>
        await PublishAsync(Changed(id, await scripts.DrainAsync(id, expectedRevision)));

    /// <summary>
    /// Deletes an idle model that nothing refers to: 1. look at the newest catalog; 2. close its gate if it is idle; 3. remove that revision from the catalog.
    /// A change that came in between wins, and the deletion starts over with what it made; so does an entry that refers to the model by now.
    /// </summary>
    /// <exception cref="MeshException"><c>model_not_found</c>, <c>precondition_failed</c>, <c>conflict</c> while requests run or entries refer to it; <c>store_unavailable</c>.</exception>
    public async Task DeleteAsync(ModelId id, long? expectedRevision, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            // 1.
            var snapshot = await catalog.RefreshAsync(cancellationToken);
            var model = snapshot.Find(id) ?? throw NotFound(id);
            if (expectedRevision is { } expected && expected != model.Revision)
            {
                throw Mismatch(id, model.Revision);
            }

            if (Referrers.Of(snapshot, model) is { Count: > 0 } referrers)
            {
                throw Referrers.Conflict(Label(id), referrers);
            }

            // 2.
            switch (await gates.CloseIfIdleAsync(model))
            {
                case GateClosing.Active active:
                    throw new MeshException(ErrorCode.Conflict, $"{Label(id)} has {Shown(active)}; delete it when it is idle, or with ?drain=true.");
                case GateClosing.Stale:
                    continue;
            }

            // 3. Gone already is as good: whoever removed it finished what the closed gate says.
            if (await RemoveClosedAsync(model))
            {
                await durability.ConfirmAsync();
                await catalog.RefreshAsync(CancellationToken.None);
                return;
            }
        }

        throw new MeshException(ErrorCode.Conflict, $"{Label(id)} is being changed by others; try again.");
    }

    /// <summary>Takes a model out of the catalog whose gate is closed at its revision. False when it has changed since.</summary>
    /// <exception cref="MeshException"><c>conflict</c> when entries refer to it by now: it stays, and its gate is open again.</exception>
    public async Task<bool> RemoveClosedAsync(ModelVersion model)
    {
        var answer = await scripts.RemoveAsync(model.Id, model.Revision);
        if (answer.Outcome is not "referenced")
        {
            return answer.Outcome is "ok" or "missing";
        }

        await PublishAsync(answer.Model!);
        throw Referrers.Conflict(Label(model.Id), answer.Referrers);
    }

    private async Task<ModelVersion> PublishAsync(ModelVersion model)
    {
        await gates.WriteAsync(model);
        await durability.ConfirmAsync();
        await catalog.RefreshAsync(CancellationToken.None);
        return model;
    }

    private static ModelVersion Changed(ModelId id, CatalogAnswer answer) => answer.Outcome switch
    {
        "missing" => throw NotFound(id),
        "mismatch" => throw Mismatch(id, answer.Revision),
        "referenced" => throw Referrers.Conflict(Label(id), answer.Referrers),
        "rollout" => throw new MeshException(ErrorCode.Conflict, $"A rollout of model '{id.Name}' sets its weights; leave the weight out, or abort the rollout first."),
        "draining" => throw new MeshException(ErrorCode.Conflict, $"{Label(id)} is draining and cannot be changed any more."),
        _ => answer.Model!,
    };

    private static MeshException NotFound(ModelId id) => new(ErrorCode.ModelNotFound, $"{Label(id)} is not registered.");

    private static MeshException Mismatch(ModelId id, long revision) => new(ErrorCode.PreconditionFailed, $"{Label(id)} is at revision {revision}.");

    private static string Shown(GateClosing.Active active)
    {
        var running = $"{active.Running} active {(active.Running == 1 ? "stream" : "streams")}";
        var waiting = $"{active.Waiting} waiting";
        return active switch
        {
            { Waiting: 0 } => running,
            { Running: 0 } => $"{waiting} {(active.Waiting == 1 ? "request" : "requests")}",
            _ => $"{running} and {waiting}",
        };
    }

    private static string Label(ModelId id) => $"Model '{id.Name}' version '{id.Version}'";
}
