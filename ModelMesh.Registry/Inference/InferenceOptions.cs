namespace ModelMesh.Registry.Inference;

/// <summary>How requests are run (section <c>Inference</c>).</summary>
internal sealed class InferenceOptions
{
    /// <summary>What a caller is told to wait when a model is at its limit. More than 0, at most 1 hour.</summary>
    public TimeSpan CapacityRetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a backend has to end a call that was cancelled before the caller is answered without it. More than 0, at most 1 minute.</summary>
    public TimeSpan AbandonAfter { get; set; } = TimeSpan.FromSeconds(2);
}
