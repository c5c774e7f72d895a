namespace ModelMesh.Contracts.Traffic;

public static class RolloutStatuses
{
    public const string Pending = "pending";
    public const string Running = "running";
    public const string Paused = "paused";
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string RolledBack = "rolled_back";
}
