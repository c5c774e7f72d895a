namespace ModelMesh.Registry.Rollouts;

/// <summary>How rollouts are driven (section <c>Rollouts</c>).</summary>
internal sealed class RolloutOptions
{
    /// <summary>How often a rollout is judged on what its versions have done. From 50 ms to 1 min.</summary>
    public TimeSpan JudgeInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long after the death of the replica that drives a rollout another one carries it on. At least twice the judge interval, and at most 5 min.</summary>
    public TimeSpan DriverTtl { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often each replica tells the store what its requests of a rollout's versions did. From 20 ms to 10 s.</summary>
    public TimeSpan TellInterval { get; set; } = TimeSpan.FromMilliseconds(250);
}
