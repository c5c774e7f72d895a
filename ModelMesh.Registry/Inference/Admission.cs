using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Leases;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Inference;

/// <summary>A pinned runtime and a slot to use it. Whoever gets it gives both back.</summary>
internal sealed record Admitted(ModelRuntime Runtime, Lease Lease);

/// <summary>
/// Decides who serves a request, and gets it a slot:
/// 1. pin the runtime; where the model is unknown, failed, held by its upstream's rate limit or unable to serve this request, refresh the catalog and look once more;
/// 2. ask for a slot of the pinned revision;
/// 3. granted: done;
/// 4. all slots taken: <c>capacity_exceeded</c>;
/// 5. a newer revision exists: refresh, start again with that one;
/// 6. no gate, or a closed one: refresh; gone, draining or closed for good is <c>model_not_found</c>, else have the gate restored and start again.
/// </summary>
internal sealed class Admission(ICatalog catalog, ILeases leases, IGates gates, ModelRuntimes runtimes, IOptions<InferenceOptions> options)
{
    // Each round has seen the catalog move. More rounds than this is a model that changes faster than it can be pinned.
    private const int MaxRounds = 10;

    /// <param name="check">Throws when the runtime cannot serve the request, before a slot is taken for it.</param>
    public async Task<Admitted> AdmitAsync(ModelId id, Action<ModelRuntime> check, CancellationToken cancellationToken)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            // 1.
            var runtime = await PinAsync(id, check, cancellationToken);
            LeaseAnswer answer;
            try
            {
                // 2.
                answer = await leases.AcquireAsync(id, runtime.Model.Revision);
            }
            catch
            {
                runtime.Unpin();
                throw;
            }

            // 3.
            if (answer is LeaseAnswer.Granted granted)
            {
                return new Admitted(runtime, granted.Lease);
            }

            runtime.Unpin();
            switch (answer)
            {
                // 4.
                case LeaseAnswer.AtCapacity full:
                    throw new MeshException(ErrorCode.CapacityExceeded, $"Model '{id.Name}' version '{id.Version}' is at its limit of {full.MaxConcurrency} concurrent requests.")
                    {
                        RetryAfter = options.Value.CapacityRetryAfter,
                    };

                // 5.
                case LeaseAnswer.Stale:
                    await catalog.RefreshAsync(cancellationToken);
                    break;

                // 6.
                default:
                    await RestoreGateAsync(id, cancellationToken);
                    break;
            }
        }

        throw new MeshException(ErrorCode.BackendUnavailable, $"Model '{id.Name}' version '{id.Version}' is being changed.") { RetryAfter = options.Value.CapacityRetryAfter };
    }

    private async ValueTask<ModelRuntime> PinAsync(ModelId id, Action<ModelRuntime> check, CancellationToken cancellationToken)
    {
        try
        {
            return Checked(await runtimes.PinAsync(id, cancellationToken), check);
        }
        catch (MeshException)
        {
            // What this replica knows may be old: a model registered, mended or made able through another one has to be served at once.
            await catalog.RefreshAsync(cancellationToken);
            return Checked(await runtimes.PinAsync(id, cancellationToken), check);
        }
    }

    private static ModelRuntime Checked(ModelRuntime pinned, Action<ModelRuntime> check)
    {
        try
        {
            check(pinned);
            pinned.ThrowIfHeld();
            return pinned;
        }
        catch
        {
            pinned.Unpin();
            throw;
        }
    }

    private async Task RestoreGateAsync(ModelId id, CancellationToken cancellationToken)
    {
        var model = (await catalog.RefreshAsync(cancellationToken)).Find(id)
            ?? throw new MeshException(ErrorCode.ModelNotFound, $"No version '{id.Version}' of model '{id.Name}' is registered.");
        if (model.Draining)
        {
            throw new MeshException(ErrorCode.ModelNotFound, $"Model '{id.Name}' version '{id.Version}' is draining and takes no new requests.");
        }

        if (!await gates.RestoreAsync(model, cancellationToken))
        {
            throw new MeshException(ErrorCode.ModelNotFound, $"Model '{id.Name}' version '{id.Version}' is being deleted and takes no new requests.");
        }
    }
}
