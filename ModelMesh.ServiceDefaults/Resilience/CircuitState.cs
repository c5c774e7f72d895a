namespace ModelMesh.ServiceDefaults.Resilience;

/// <summary>What a circuit breaker lets through.</summary>
public enum CircuitState
{
    /// <summary>Everything.</summary>
    Closed,

    /// <summary>Nothing.</summary>
    Open,

    /// <summary>One request at a time, the probe.</summary>
    HalfOpen,
}

/// <summary>What an outcome did to a circuit breaker.</summary>
public enum CircuitChange
{
    None,

    /// <summary>It opened, or opened again after a probe that failed.</summary>
    Opened,

    /// <summary>It closed.</summary>
    Closed,
}
