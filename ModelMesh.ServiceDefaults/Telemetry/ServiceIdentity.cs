namespace ModelMesh.ServiceDefaults.Telemetry;

/// <summary>
/// What a service says of itself to collectors where the standard variables do not. Pure.
/// 1. <c>service.name</c>: <c>OTEL_SERVICE_NAME</c>, else that of <c>OTEL_RESOURCE_ATTRIBUTES</c>, else the application's.
/// 2. <c>service.instance.id</c>: that of <c>OTEL_RESOURCE_ATTRIBUTES</c>, else one of this process.
/// </summary>
public static class ServiceIdentity
{
    private const string Name = "service.name";
    private const string InstanceId = "service.instance.id";

    /// <param name="serviceName">The value of <c>OTEL_SERVICE_NAME</c>.</param>
    /// <param name="resourceAttributes">The value of <c>OTEL_RESOURCE_ATTRIBUTES</c>.</param>
    /// <param name="application">As <c>ModelMesh.Gateway</c>.</param>
    /// <param name="process">An id that no other process has.</param>
    /// <returns>What is missing; nothing that the variables say.</returns>
    public static IReadOnlyDictionary<string, object> Missing(string? serviceName, string? resourceAttributes, string application, string process)
    {
        var given = (resourceAttributes ?? "").Split(',').Select(pair => pair.Split('=')[0].Trim()).ToHashSet(StringComparer.Ordinal);
        var missing = new Dictionary<string, object>(StringComparer.Ordinal);

        // 1
        if (string.IsNullOrWhiteSpace(serviceName) && !given.Contains(Name))
        {
            missing[Name] = application.Replace('.', '-').ToLowerInvariant();
        }

        // 2
        if (!given.Contains(InstanceId))
        {
            missing[InstanceId] = process;
        }

        return missing;
    }
}
