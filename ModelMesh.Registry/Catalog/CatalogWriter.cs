using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
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

    /// <exception cref="MeshException"><c>conflict</c> when it exists; <c>store_unavailable</c>.</exception>
    public async Task<ModelVersion> RegisterAsync(ModelVersion model)
    {
        var answer = await scripts.RegisterAsync(model);
        return answer.Outcome is "exists"
            ? throw new MeshException(ErrorCode.Conflict, $"{Label(model.Id)} is registered already; PUT replaces it.")
            : await PublishAsync(answer.Model!);
    }

    /// <exception cref="MeshException"><c>model_not_found</c>, <c>precondition_failed</c>, <c>conflict</c> while it drains; <c>store_unavailable</c>.</exception>
    public async Task<ModelVersion> UpdateAsync(ModelVersion model, long? expectedRevision) =>
        await PublishAsync(Changed(model.Id, await scripts.UpdateAsync(model, expectedRevision)));

    /// <summary>Stops admission; whoever finds the model idle deletes it.</summary>
    /// <exception cref="MeshException"><c>model_not_found</c>, <c>precondition_failed</c>, <c>store_unavailable</c>.</exception>
    public async Task<ModelVersion> DrainAsync(ModelId id, long? expectedRevision) =>
        await PublishAsync(Changed(id, await scripts.DrainAsync(id, expectedRevision)));

    /// <summary>
    /// Deletes an idle model: 1. look at the newest catalog; 2. close its gate if it is idle; 3. remove that revision from the catalog.
    /// A change that came in between wins, and the deletion starts over with what it made.
    /// </summary>
    /// <exception cref="MeshException"><c>model_not_found</c>, <c>precondition_failed</c>, <c>conflict</c> while requests run; <c>store_unavailable</c>.</exception>
    public async Task DeleteAsync(ModelId id, long? expectedRevision, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            // 1.
            var model = (await catalog.RefreshAsync(cancellationToken)).Find(id) ?? throw NotFound(id);
            if (expectedRevision is { } expected && expected != model.Revision)
            {
                throw Mismatch(id, model.Revision);
            }

            // 2.
            switch (await gates.CloseIfIdleAsync(model))
            {
                case GateClosing.Active active:
                    throw new MeshException(ErrorCode.Conflict, $"{Label(id)} has {active.Count} active {(active.Count == 1 ? "stream" : "streams")}; delete it when it is idle, or with ?drain=true.");
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
    public async Task<bool> RemoveClosedAsync(ModelVersion model) =>
        (await scripts.RemoveAsync(model.Id, model.Revision)).Outcome is "ok" or "missing";

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
        "draining" => throw new MeshException(ErrorCode.Conflict, $"{Label(id)} is draining and cannot be changed any more."),
        _ => answer.Model!,
    };

    private static MeshException NotFound(ModelId id) => new(ErrorCode.ModelNotFound, $"{Label(id)} is not registered.");

    private static MeshException Mismatch(ModelId id, long revision) => new(ErrorCode.PreconditionFailed, $"{Label(id)} is at revision {revision}.");

    private static string Label(ModelId id) => $"Model '{id.Name}' version '{id.Version}'";
}
