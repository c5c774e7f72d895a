using Microsoft.Extensions.Options;
using ModelMesh.Registry.Instances;
using ModelMesh.ServiceDefaults.Store;

namespace ModelMesh.Registry.Rollouts;

/// <summary>
/// Which replica drives a model's rollout: whoever asks first, for as long as it goes on asking. It saves work and keeps decisions in one place; what makes them right
/// is that each is fenced by the entry's revision. Thread-safe.
/// </summary>
internal sealed class DriverLease(StoreConnection store, IInstanceIdentity instance, IOptions<RolloutOptions> options)
{
    private static readonly StoreScript Drive = StoreScript.Load<DriverLease>("drive.lua");
    private static readonly StoreScript Leave = StoreScript.Load<DriverLease>("leave.lua");

    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public async Task<bool> TryHoldAsync(string model)
    {
        var ttl = (long)options.Value.DriverTtl.TotalMilliseconds;
        return (int)await store.RunAsync(StoreCommands.RolloutDrive, database => Drive.EvaluateAsync(database, [store.Keys.RolloutDriver(model)], [instance.Id, ttl])) == 1;
    }

    /// <exception cref="Contracts.Errors.MeshException"><c>store_unavailable</c>.</exception>
    public Task LeaveAsync(string model) => store.RunAsync(StoreCommands.RolloutDrive, database => Leave.EvaluateAsync(database, [store.Keys.RolloutDriver(model)], [instance.Id]));
}
