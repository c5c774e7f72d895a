namespace ModelMesh.LocalHosting;

/// <summary>The variables one replica gets on top of the launcher's own: the same that Aspire passes.</summary>
internal static class ReplicaEnvironment
{
    // Set for the launcher itself; a child that took them for its own would bind the launcher's addresses.
    private static readonly string[] NotForChildren = ["ASPNETCORE_URLS", "DOTNET_LAUNCH_PROFILE", "LAUNCH_PROFILE", "DOTNET_URLS", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS"];

    public static Dictionary<string, string?> For(ProcessResource resource, int replica, string? otlpAddress)
    {
        var variables = NotForChildren.ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal);
        if (otlpAddress is not null)
        {
            variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = otlpAddress;
            variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
            // A developer looks at the dashboard now, not in five seconds.
            variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
        }

        variables["OTEL_SERVICE_NAME"] = resource.Name;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={ReplicaName.For(resource, replica)}";

        if (resource is ProjectResource)
        {
            variables["ASPNETCORE_URLS"] = string.Join(';', resource.Endpoints.Where(endpoint => endpoint.Scheme == "http").Select(endpoint => $"http://{Loopback.Host}:{endpoint.TargetPorts[replica]}"));
        }

        foreach (var endpoint in resource.Endpoints)
        {
            if (endpoint.PortVariable is { } name)
            {
                variables[name] = $"{endpoint.TargetPorts[replica]}";
            }
        }

        foreach (var (name, value) in resource.Environment)
        {
            variables[name] = value();
        }

        return variables;
    }
}
