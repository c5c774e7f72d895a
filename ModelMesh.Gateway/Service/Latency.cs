namespace ModelMesh.Gateway.Service;

/// <summary>How long a request has taken, from when this was made.</summary>
internal sealed class Latency(TimeProvider time)
{
    private const int Digits = 6;
    private readonly long _began = time.GetTimestamp();

    /// <summary>In seconds, to the microsecond.</summary>
    public double Seconds => Math.Round(time.GetElapsedTime(_began).TotalSeconds, Digits);
}
