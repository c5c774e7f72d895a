using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.RateLimits;

/// <summary>An answer whose tokens are counted as they are read.</summary>
internal sealed class MeteredStream(IAnswerStream stream, TokenMeter meter) : WatchedStream(stream)
{
    protected override void See(InferEvent current) => meter.Count(current);
}
