namespace ModelMesh.Registry.ModelHealth;

/// <summary>How the health of models' upstreams is found out (section <c>Health</c>).</summary>
internal sealed class HealthOptions
{
    /// <summary>Whether upstreams are asked for their health where no traffic tells it. Without, a model that nobody uses is <c>unknown</c>.</summary>
    public bool Probes { get; set; } = true;

    /// <summary>How long after the last answer an upstream is asked, by one replica at a time, a fifth more or less. From 100 ms to 10 min. Longer where there are so many models that it would be more than twenty probes a second.</summary>
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long it may take to answer. From 50 ms to 1 min.</summary>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many requests in a row have to fail until the upstream counts as unhealthy, where no single failure says so. From 1 to 100.</summary>
    public int FailuresBeforeUnhealthy { get; set; } = 3;
}
