namespace ModelMesh.Registry.Rollouts;

/// <summary>What is to become of a rollout.</summary>
/// <param name="Message">For people: what is going on from now on, or why it ends.</param>
internal abstract record RolloutVerdict(string Message)
{
    /// <summary>Nothing moves.</summary>
    internal sealed record Stay(string Message) : RolloutVerdict(Message);

    /// <summary>A step begins: the target gets its share.</summary>
    internal sealed record Enter(int Step, string Message) : RolloutVerdict(Message);

    /// <summary>The target has everything; the old version's requests are waited for.</summary>
    internal sealed record Drain(string Message) : RolloutVerdict(Message);

    /// <summary>It is done; the weights stay.</summary>
    internal sealed record Complete(string Message) : RolloutVerdict(Message);

    /// <summary>Back to the weights before.</summary>
    internal sealed record RollBack(string Message) : RolloutVerdict(Message);

    /// <summary>It cannot go on, and there is nothing to move back, or nothing to move it back to.</summary>
    internal sealed record Fail(string Message) : RolloutVerdict(Message);
}
