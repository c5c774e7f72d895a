using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Rollouts;

/// <summary>What operators do with rollouts. Each call is decided on the newest catalog and written if that still holds, else decided anew. Thread-safe.</summary>
internal sealed class RolloutControl(RolloutStore rollouts, RolloutReader reader, TallyStore tallies, ICatalog catalog, TimeProvider time)
{
    private const int MostAttempts = 20;

    /// <exception cref="MeshException"><c>invalid_request</c>, <c>model_not_found</c>, <c>conflict</c> while another one is active; <c>store_unavailable</c>.</exception>
    public async Task<Rollout> StartAsync(ReadOnlyMemory<byte> body, string model, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var snapshot = await catalog.RefreshAsync(cancellationToken);
            var (draft, faults) = RolloutBody.Parse(body, model);
            if (snapshot.VersionsOf(model).IsEmpty)
            {
                faults.ThrowIfAny();
                throw new MeshException(ErrorCode.ModelNotFound, $"Model '{model}' is not registered.");
            }

            var rollout = RolloutVersions.Check(draft, snapshot, faults);
            faults.ThrowIfAny();
            if (snapshot.Traffic.Rollouts.GetValueOrDefault(model) is { IsActive: true } active)
            {
                throw new MeshException(ErrorCode.Conflict, $"Rollout '{active.RequestId}' of model '{model}' is {active.Status}; a model has one at a time.");
            }

            rollout = rollout with { RequestId = Guid.CreateVersion7(time.GetUtcNow()).ToString("N"), Message = "Waits for its first step." };
            if (await rollouts.StartAsync(rollout, snapshot.Revision) is { } started)
            {
                return started;
            }
        }

        throw Busy(model);
    }

    /// <summary>Nothing where it is paused already.</summary>
    /// <exception cref="MeshException"><c>model_not_found</c>, <c>conflict</c> when it has ended; <c>store_unavailable</c>.</exception>
    public Task<Rollout> PauseAsync(string model, string id, CancellationToken cancellationToken) => MoveAsync(
        model, id, rollout => Task.FromResult(rollout.Status is RolloutStatuses.Paused ? null : RolloutMoves.Pause(rollout)), cancellationToken);

    /// <summary>Nothing where it is not paused.</summary>
    /// <inheritdoc cref="PauseAsync" path="/exception"/>
    public Task<Rollout> ResumeAsync(string model, string id, CancellationToken cancellationToken) => MoveAsync(
        model, id, async rollout => rollout.Status is RolloutStatuses.Paused ? RolloutMoves.Resume(rollout, await tallies.NowAsync()) : null, cancellationToken);

    /// <summary>Back to the weights before.</summary>
    /// <inheritdoc cref="PauseAsync" path="/exception"/>
    public Task<Rollout> AbortAsync(string model, string id, CancellationToken cancellationToken) => MoveAsync(
        model, id, async rollout => RolloutMoves.Abort(rollout, await tallies.ReadAsync(rollout), await tallies.NowAsync()), cancellationToken);

    private async Task<Rollout> MoveAsync(string model, string id, Func<Rollout, Task<RolloutChange?>> move, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            await catalog.RefreshAsync(cancellationToken);
            var rollout = await reader.FindAsync(model, id, cancellationToken);
            if (!rollout.IsActive)
            {
                throw new MeshException(ErrorCode.Conflict, $"Rollout '{id}' of model '{model}' has ended: it is {rollout.Status}.");
            }

            if (await move(rollout) is not { } change)
            {
                return rollout;
            }

            if (await rollouts.MoveAsync(change) is { } written)
            {
                return written;
            }
        }

        throw Busy(model);
    }

    private static MeshException Busy(string model) => new(ErrorCode.Conflict, $"Model '{model}' is being changed by others; try again.");
}
