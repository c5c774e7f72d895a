using System.Diagnostics;

namespace ModelMesh.Gateway.Diagnostics;

/// <summary>The activity source <c>ModelMesh.Gateway</c>. Where nobody listens it makes nothing.</summary>
internal static class GatewayActivities
{
    public static ActivitySource Source { get; } = new(GatewayMetrics.Name);
}
