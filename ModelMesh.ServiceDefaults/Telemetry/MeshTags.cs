namespace ModelMesh.ServiceDefaults.Telemetry;

/// <summary>Attributes of the mesh's own on spans. Metrics have short labels of the same meaning: <c>model</c>, <c>version</c>, <c>outcome</c>, <c>reason</c>.</summary>
public static class MeshTags
{
    public const string RequestId = "modelmesh.request_id";
    public const string Api = "modelmesh.api";
    public const string Caller = "modelmesh.caller";
    public const string Model = "modelmesh.model";
    public const string Version = "modelmesh.version";
    public const string Revision = "modelmesh.revision";
    public const string Instance = "modelmesh.instance";
    public const string BackendType = "modelmesh.backend_type";
    public const string Endpoint = "modelmesh.endpoint";
    public const string Outcome = "modelmesh.outcome";
    public const string Attempts = "modelmesh.attempts";
    public const string AttemptNumber = "modelmesh.attempt.number";
    public const string AttemptKind = "modelmesh.attempt.kind";
    public const string AttemptReason = "modelmesh.attempt.reason";
    public const string Fallback = "modelmesh.fallback";
    public const string Cache = "modelmesh.cache";
    public const string Shadow = "modelmesh.shadow";
    public const string Overhead = "modelmesh.overhead";
    public const string RolloutSide = "modelmesh.rollout.side";
    public const string RolloutStep = "modelmesh.rollout.step";

    /// <summary>The event at which an answer had its first token.</summary>
    public const string FirstToken = "first_token";
}
