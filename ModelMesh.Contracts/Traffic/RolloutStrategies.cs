namespace ModelMesh.Contracts.Traffic;

public static class RolloutStrategies
{
    /// <summary>Step by step, each judged on the traffic it got.</summary>
    public const string Canary = "canary";

    /// <summary>All at once when the target is ready, then the old version is drained.</summary>
    public const string BlueGreen = "blue_green";

    /// <summary>Step by step, going on as long as the target is ready, whether or not there was traffic to judge.</summary>
    public const string Rolling = "rolling";

    public static IReadOnlyList<string> All { get; } = [Canary, BlueGreen, Rolling];
}
