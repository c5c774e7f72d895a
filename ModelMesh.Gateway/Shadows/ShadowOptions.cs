namespace ModelMesh.Gateway.Shadows;

/// <summary>How copies of requests are sent to shadow versions (section <c>Shadows</c>).</summary>
internal sealed class ShadowOptions
{
    /// <summary>The most copies that are under way at once, from 0 (none is sent) to 10,000. A request over it gets no copy, and is counted as dropped.</summary>
    public int MaxInFlight { get; set; } = 32;

    /// <summary>How long a copy may take, beside the time-outs of its model; from 1 second to 1 day. One that takes longer is ended and counts as failed.</summary>
    public TimeSpan MaxDuration { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often the store is told what was counted; from 10 milliseconds to 1 minute.</summary>
    public TimeSpan TellInterval { get; set; } = TimeSpan.FromSeconds(1);
}
