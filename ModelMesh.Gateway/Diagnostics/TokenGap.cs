namespace ModelMesh.Gateway.Diagnostics;

/// <summary>Measures one stream's gaps, from when a batch of tokens had gone out to when the next one is to. While a client takes nothing, nothing is measured. No allocation a batch.</summary>
internal sealed class TokenGap(GatewayMetrics metrics, string model, string version, TimeProvider time)
{
    private readonly bool _isWanted = metrics.WantsGaps;
    private readonly KeyValuePair<string, object?>[] _labels = [GatewayMetrics.Tag("model", model), GatewayMetrics.Tag("version", version)];
    private long _sentAt;

    /// <summary>A batch is to go out.</summary>
    public void Sends()
    {
        if (_sentAt != 0)
        {
            metrics.Gap(time.GetElapsedTime(_sentAt), _labels);
        }
    }

    /// <summary>It has gone out.</summary>
    public void Sent()
    {
        if (_isWanted)
        {
            _sentAt = time.GetTimestamp();
        }
    }
}
