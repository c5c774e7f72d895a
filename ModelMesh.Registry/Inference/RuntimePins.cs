using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Inference;

/// <summary>Pins the runtime that is to serve a request, where it can: one that this replica would refuse is looked for once more in the newest catalog.</summary>
internal sealed class RuntimePins(ICatalog catalog, ModelRuntimes runtimes)
{
    /// <param name="check">Throws when the runtime cannot serve the request.</param>
    /// <exception cref="MeshException">Why the newest revision cannot serve it.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up waiting.</exception>
    public async ValueTask<ModelRuntime> PinAsync(ModelId id, Action<ModelRuntime> check, CancellationToken cancellationToken)
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
}
