using System.Diagnostics;

namespace ModelMesh.Registry.Inference;

/// <summary>The activity source <c>ModelMesh.Registry</c>. Where nobody listens it makes nothing.</summary>
internal static class RegistryActivities
{
    public static ActivitySource Source { get; } = new(InferenceTelemetry.Name);
}
