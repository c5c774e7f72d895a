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

    /// <summary>It opened.</summary>
    Opened,

    /// <summary>Its probe failed: it is open again, for longer.</summary>
    Reopened,

    /// <summary>It closed.</summary>
    Closed,
}
