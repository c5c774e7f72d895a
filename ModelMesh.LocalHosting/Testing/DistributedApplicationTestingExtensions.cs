namespace ModelMesh.LocalHosting;

/// <summary>What tests ask of a running application. The first three are Aspire's too; processes can be reached here only.</summary>
public static class DistributedApplicationTestingExtensions
{
    public static HttpClient CreateHttpClient(this DistributedApplication app, string resourceName, string endpointName = "http") =>
        new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = app.GetEndpoint(resourceName, endpointName), Timeout = Timeout.InfiniteTimeSpan };

    public static Uri GetEndpoint(this DistributedApplication app, string resourceName, string endpointName = "http") =>
        new(app.Runner(resourceName).Resource.Endpoint(endpointName).Address);

    public static ValueTask<string?> GetConnectionStringAsync(this DistributedApplication app, string resourceName, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<string?>(app.ConnectionString(resourceName).Value);
    }

    /// <summary>Each replica's own address, past the balancer.</summary>
    public static IReadOnlyList<Uri> GetReplicaEndpoints(this DistributedApplication app, string resourceName, string endpointName = "http")
    {
        var endpoint = app.Runner(resourceName).Resource.Endpoint(endpointName);
        return [.. endpoint.TargetPorts.Select(port => new Uri($"{endpoint.Scheme}://{Loopback.Host}:{port}"))];
    }

    /// <summary>The processes of those replicas that run.</summary>
    public static IReadOnlyList<int> GetProcessIds(this DistributedApplication app, string resourceName) => app.Runner(resourceName).ProcessIds;

    /// <summary>kill -9, with everything the process started. A store comes back by itself, a service does not.</summary>
    public static Task KillAsync(this DistributedApplication app, string resourceName, int replica = 0) => app.Runner(resourceName).KillAsync(replica);

    /// <summary>Stops a resource until <see cref="StartResourceAsync"/>.</summary>
    public static Task StopResourceAsync(this DistributedApplication app, string resourceName) => app.Runner(resourceName).StopAsync(TimeSpan.FromSeconds(7));

    /// <summary>Starts a stopped resource again on the same ports and returns when it is healthy.</summary>
    public static Task StartResourceAsync(this DistributedApplication app, string resourceName, CancellationToken cancellationToken = default) =>
        app.Runner(resourceName).StartAgainAsync(cancellationToken);
}
