namespace ModelMesh.ServiceDefaults.Store;

/// <summary>What the store is asked for, as metrics name it. Few, and none with a model's or a caller's name in it.</summary>
public static class StoreCommands
{
    public const string CacheClear = "cache_clear";
    public const string CacheRead = "cache_read";
    public const string CacheWrite = "cache_write";
    public const string CatalogCommit = "catalog_commit";
    public const string CatalogRead = "catalog_read";
    public const string CatalogRevision = "catalog_revision";
    public const string CatalogWrite = "catalog_write";
    public const string Clock = "clock";
    public const string FiguresRead = "figures_read";
    public const string FiguresWrite = "figures_write";
    public const string GateWrite = "gate_write";
    public const string HealthRead = "health_read";
    public const string HealthWrite = "health_write";
    public const string InstanceRead = "instance_read";
    public const string InstanceWrite = "instance_write";
    public const string LeaseAcquire = "lease_acquire";
    public const string LeaseCount = "lease_count";
    public const string LeaseKeep = "lease_keep";
    public const string LeaseRelease = "lease_release";
    public const string LeaseRenew = "lease_renew";
    public const string QueueCount = "queue_count";
    public const string QueueLook = "queue_look";
    public const string RateLimit = "rate_limit";
    public const string RolloutDrive = "rollout_drive";
    public const string RolloutRead = "rollout_read";
    public const string RolloutTally = "rollout_tally";
    public const string ShadowRead = "shadow_read";
    public const string ShadowWrite = "shadow_write";
}
