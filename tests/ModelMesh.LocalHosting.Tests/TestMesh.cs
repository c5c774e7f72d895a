namespace ModelMesh.LocalHosting.Tests;

/// <summary>The mesh in small: a store, a registry of two replicas, a gateway; all stand-ins, all real processes.</summary>
internal sealed class TestMesh : IAsyncDisposable
{
    public static readonly TimeSpan StartTime = TimeSpan.FromSeconds(30);

    private readonly RecordingWriter _output = new();

    public TestMesh(Action<IResourceBuilder<ProjectResource>>? registry = null, Action<IResourceBuilder<ProjectResource>>? gateway = null)
    {
        var builder = new DistributedApplicationBuilder(["--Dashboard:Enabled=false"], AppContext.BaseDirectory) { Output = new LaunchOutput(_output, inColour: false) };
        var standIn = new Projects.ModelMesh_LocalHosting_StandIn().TargetPath;
        var store = builder.AddExecutable("store", "dotnet", ".", standIn, "store").WithEndpoint();
        store.WithArgs(store.GetEndpoint("tcp").Property(EndpointProperty.TargetPort));
        var redis = builder.AddConnectionString("redis", ReferenceExpression.Create($"{store.GetEndpoint("tcp").Property(EndpointProperty.HostAndPort)}"));
        var registryBuilder = builder.AddProject<Projects.ModelMesh_LocalHosting_StandIn>("registry")
            .WithHttpEndpoint(env: "Listen__Http")
            .WithHttpEndpoint(name: "grpc", env: "Listen__Grpc")
            .WithHttpHealthCheck("/health")
            .WithReference(redis)
            .WaitFor(redis)
            .WithReplicas(2);
        registry?.Invoke(registryBuilder);
        var gatewayBuilder = builder.AddProject<Projects.ModelMesh_LocalHosting_StandIn>("gateway")
            .WithHttpEndpoint(env: "Listen__Http")
            .WithHttpHealthCheck("/health")
            .WithReference(redis)
            .WithReference(registryBuilder)
            .WaitFor(registryBuilder);
        gateway?.Invoke(gatewayBuilder);
        App = builder.BuildApplication();
    }

    public DistributedApplication App { get; }

    /// <summary>Everything printed so far, line by line.</summary>
    public IReadOnlyList<string> Lines => _output.Lines;

    public async Task StartAsync()
    {
        await App.StartAsync();
        await App.ResourceNotifications.WaitForResourceHealthyAsync("gateway").WaitAsync(StartTime);
    }

    public IReadOnlyList<int> ProcessIds() => [.. App.GetProcessIds("store"), .. App.GetProcessIds("registry"), .. App.GetProcessIds("gateway")];

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
