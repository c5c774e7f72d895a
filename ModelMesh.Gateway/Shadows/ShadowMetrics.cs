using System.Diagnostics.Metrics;
using ModelMesh.Gateway.Diagnostics;

namespace ModelMesh.Gateway.Shadows;

/// <summary>What became of copies for shadow versions.</summary>
internal sealed class ShadowMetrics
{
    private readonly Counter<long> _copies;

    public ShadowMetrics(IMeterFactory meters) => _copies = meters.Create(GatewayMetrics.Name).CreateCounter<long>(
        "modelmesh.gateway.shadow.copies", "{copy}", "Copies of requests for shadow versions, by outcome: completed, failed, unserved or dropped");

    public void Ended(AnswerOutcome outcome) => _copies.Add(1, new KeyValuePair<string, object?>("outcome", outcome switch
    {
        AnswerOutcome.Completed => "completed",
        AnswerOutcome.Failed => "failed",
        AnswerOutcome.Dropped => "dropped",
        _ => "unserved",
    }));
}
