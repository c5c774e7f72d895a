using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Registry.Leases;

/// <summary>The slots that this process holds. Thread-safe.</summary>
internal interface IHeldSlots
{
    /// <summary>How many at this moment, of each model version that has any.</summary>
    IReadOnlyDictionary<ModelId, int> HeldByModel { get; }
}
