using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Plugins;

/// <summary>What the admin API asks of the plugin host. Thread-safe.</summary>
internal interface IBackendTypes
{
    /// <summary>Checks that a model could be served here: its type is loaded and its plugin takes the settings. Makes the backend and disposes it.</summary>
    /// <exception cref="Contracts.Errors.MeshException"><c>invalid_request</c> that lists every fault, settings as <c>backend.field</c>.</exception>
    Task ValidateAsync(ModelVersion model, CancellationToken cancellationToken);

    /// <summary>
    /// Waits until this replica serves a model as the catalog has it, or knows why it cannot: whoever changed it wants to be told which.
    /// A moment at most: a slow plugin is what the status <c>loading</c> is for.
    /// </summary>
    Task SettleAsync(ModelId id, CancellationToken cancellationToken);

    /// <summary>What this replica can say of a model it has in its catalog.</summary>
    ModelStatus StatusOf(ModelVersion model);
}

/// <summary>A model's state on one replica: <c>pending</c>, <c>loading</c>, <c>ready</c>, <c>draining</c> or <c>failed</c>, and why.</summary>
internal sealed record ModelStatus(string State, string? Reason = null);
