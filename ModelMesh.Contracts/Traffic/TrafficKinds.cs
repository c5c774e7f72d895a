namespace ModelMesh.Contracts.Traffic;

/// <summary>The kinds of entries. Their names are part of the store's keys and of events.</summary>
public static class TrafficKinds
{
    public const string Alias = "alias";
    public const string Rule = "rule";
    public const string Routing = "routing";
    public const string Limit = "limit";
    public const string Caller = "caller";
    public const string Rollout = "rollout";
}
