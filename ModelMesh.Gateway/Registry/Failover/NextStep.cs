namespace ModelMesh.Gateway.Registry.Failover;

/// <summary>What follows an attempt that failed while the client had nothing of its answer.</summary>
internal enum NextStep
{
    /// <summary>The error is the answer.</summary>
    Answer,

    /// <summary>The same version at another registry instance.</summary>
    AnotherInstance,

    /// <summary>The same version once more.</summary>
    SameVersion,

    /// <summary>The next route of the plan.</summary>
    AnotherRoute,

    /// <summary>The plan is made anew, by what the store holds now.</summary>
    NewPlan,
}
