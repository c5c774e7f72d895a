namespace ModelMesh.Bench.Compare.Load;

/// <summary>When requests are sent.</summary>
internal abstract record Arrivals
{
    private Arrivals()
    {
    }

    /// <summary>
    /// Open loop: so many a second, evenly, whatever becomes of the earlier ones. Every latency is counted from the moment that the plan says, so a server that
    /// stalls is charged for all the requests that it kept waiting: no omission is coordinated with it.
    /// </summary>
    /// <param name="PerSecond">Above 0.</param>
    public sealed record Rate(double PerSecond, TimeSpan Time) : Arrivals;

    /// <summary>Closed loop: so many clients, each sending its next request when it has the answer to the last. What waits is not sent, so only rates are to be read from it.</summary>
    public sealed record Clients(int Count, TimeSpan Time) : Arrivals;

    /// <summary>One request a client, begun evenly over some time; the run ends with the last of them.</summary>
    public sealed record Once(int Count, TimeSpan Ramp) : Arrivals;
}
