using ModelMesh.AppHost;
using ModelMesh.AppHost.Stores;

var builder = DistributedApplication.CreateBuilder(args);
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
