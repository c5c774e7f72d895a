using ModelMesh.AppHost;
using ModelMesh.AppHost.Settings;
using ModelMesh.AppHost.Stores;

try
{
    if (AppHostHelp.Print(args))
    {
        return 0;
    }

    var builder = DistributedApplication.CreateBuilder(args);
    SettingsCheck.Run(builder.Configuration);
    var ports = MeshPorts.From(builder.Configuration);
    var redis = builder.AddStore("redis");

    var registry = builder.AddProject<Projects.ModelMesh_Registry>("registry", launchProfileName: null)
        .WithHttpEndpoint(port: ports.Registry, env: "Listen__Http")
        .WithHttpEndpoint(port: ports.RegistryGrpc, name: "grpc", env: "Listen__Grpc")
        .WithHttpHealthCheck("/health")
        .WithReference(redis)
        .WaitFor(redis)
        .WithReplicas(2);

    builder.AddProject<Projects.ModelMesh_Gateway>("gateway", launchProfileName: null)
        .WithHttpEndpoint(port: ports.Gateway, env: "Listen__Http")
        .WithHttpHealthCheck("/health")
        .WithReference(redis)
        .WithReference(registry)
        .WaitFor(registry);

    await builder.Build().RunAsync();
    return Environment.ExitCode;
}
catch (Exception fault) when (fault is AppHostFault or InvalidDataException or FormatException)
{
    // The last two are the configuration's own: a broken appsettings.json, a broken command line.
    return AppHostFault.Report(fault);
}
