using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.Queue;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Inference;

/// <summary>A pinned runtime and a slot to use it. Whoever gets it gives both back.</summary>
internal sealed record Admitted(ModelRuntime Runtime, Lease Lease);

/// <summary>
/// Decides who serves a request, and gets it a slot:
/// 1. pin the runtime; where the model is unknown, failed, held by its upstream's rate limit or unable to serve this request, refresh the catalog and look once more;
/// 2. ask for a slot of the pinned revision;
/// 3. granted: done;
/// 4. all slots taken: <c>capacity_exceeded</c>, or where it may wait a place in the queue: wait without a pin until its turn may have come, then start again;
///    a place that a higher priority took is <c>capacity_exceeded</c>;
/// 5. a newer revision exists: refresh, start again with that one;
/// 6. no gate, or a closed one: refresh; gone, draining or closed for good is <c>model_not_found</c>, else have the gate restored and start again.
/// </summary>
internal sealed class Admission(
    ICatalog catalog,
    ILeases leases,
    IQueue queue,
    IGates gates,
    RuntimePins pins,
    IOptions<InferenceOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider time)
{
    // Each round since it last waited has seen the catalog move. More rounds than this is a model that changes faster than it can be pinned.
    private const int MaxRounds = 10;

    /// <param name="check">Throws when the runtime cannot serve the request, before a slot is taken for it.</param>
    /// <param name="terms">How it waits where no slot is free.</param>
    public async Task<Admitted> AdmitAsync(ModelId id, Action<ModelRuntime> check, QueueTerms terms, CancellationToken cancellationToken)
    {
        await using var request = new QueuedRequest(queue, id, terms, options.Value.CapacityRetryAfter, time, lifetime.ApplicationStopping);
        try
        {
            return await AdmitAsync(id, check, request, cancellationToken);
        }
        catch (MeshException)
        {
            request.Failed();
            throw;
        }
    }

    private async Task<Admitted> AdmitAsync(ModelId id, Action<ModelRuntime> check, QueuedRequest request, CancellationToken cancellationToken)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            // 1.
            var runtime = await pins.PinAsync(id, check, cancellationToken);
            LeaseAnswer answer;
            try
            {
                // 2.
                answer = await leases.AcquireAsync(id, runtime.Model.Revision, request.TicketFor(runtime.Model));
            }
            catch
            {
                runtime.Unpin();
                throw;
            }

            // 3.
            if (answer is LeaseAnswer.Granted granted)
            {
                var admitted = new Admitted(runtime, granted.Lease);
                await ToldAsync(request, admitted, cancellationToken);
                return admitted;
            }

            runtime.Unpin();
            switch (answer)
            {
                // 4.
                case LeaseAnswer.AtCapacity full:
                    request.Refuse("full");
                    throw QueueErrors.Full(id, full, options.Value.CapacityRetryAfter);
                case LeaseAnswer.Waiting:
                    await request.WaitAsync(runtime.Model, cancellationToken);
                    round = -1;
                    break;
                case LeaseAnswer.Evicted evicted:
                    request.Refuse("evicted");
                    throw QueueErrors.Evicted(id, evicted, request.Waited, options.Value.CapacityRetryAfter);

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

    // What is still being told of its place goes before all else that the request is told.
    private static async ValueTask ToldAsync(QueuedRequest request, Admitted admitted, CancellationToken cancellationToken)
    {
        try
        {
            await request.AdmittedAsync(cancellationToken);
        }
        catch
        {
            admitted.Runtime.Unpin();
            await admitted.Lease.DisposeAsync();
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
