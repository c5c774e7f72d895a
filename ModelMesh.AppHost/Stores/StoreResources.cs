#if ASPIRE
using Aspire.Hosting.ApplicationModel;
#endif
using ModelMesh.AppHost.Settings;

namespace ModelMesh.AppHost.Stores;

/// <summary>Adds the Redis-protocol store that <see cref="StoreChoice"/> decides on. All of them keep their data over a restart.</summary>
internal static class StoreResources
{
    /// <summary>The process behind the connection string, where there is one.</summary>
    private const string ProcessName = "store";

    public static IResourceBuilder<IResourceWithConnectionString> AddStore(this IDistributedApplicationBuilder builder, string name)
    {
        var facts = StoreProbe.Look(builder.Configuration, name);
        var kind = StoreChoice.Decide(facts);
        Console.WriteLine($"Store: {Describe(kind, facts)}");
        return kind switch
        {
            StoreKind.Given => builder.AddConnectionString(name),
            StoreKind.Container => builder.AddContainer(name),
            StoreKind.Server => builder.AddServer(name, facts.Server ?? throw new AppHostFault("Neither redis-server nor valkey-server is on PATH.")),
            _ => builder.AddGarnet(name),
        };
    }

    private static string Describe(StoreKind kind, StoreFacts facts) => kind switch
    {
        StoreKind.Given => "the one that the connection string names",
        StoreKind.Container => "Redis in a container",
        StoreKind.Server => $"{facts.Server} on PATH",
        _ => "Garnet, the embedded default",
    };

    private static IResourceBuilder<IResourceWithConnectionString> AddContainer(this IDistributedApplicationBuilder builder, string name) =>
#if ASPIRE
        builder.AddRedis(name).WithDataVolume().WithPersistence(TimeSpan.FromSeconds(1));
#else
        throw new NotSupportedException($"'{name}' in a container needs Aspire; the choice above rules this out.");
#endif

    private static IResourceBuilder<IResourceWithConnectionString> AddServer(this IDistributedApplicationBuilder builder, string name, string server)
    {
        var folder = DataFolder.Open(builder.Configuration, builder.AppHostDirectory, "redis");
        var store = builder.AddExecutable(ProcessName, server, folder, StoreArguments.Server(folder))
            .WithEndpoint(scheme: "tcp", name: "tcp");
        return builder.AddConnectionTo(name, store.WithArgs("--port", store.GetEndpoint("tcp").Property(EndpointProperty.TargetPort)));
    }

    private static IResourceBuilder<IResourceWithConnectionString> AddGarnet(this IDistributedApplicationBuilder builder, string name)
    {
        var folder = DataFolder.Open(builder.Configuration, builder.AppHostDirectory, "garnet");
        var repository = Path.GetDirectoryName(builder.AppHostDirectory)!;
        DotnetTools.Restore(repository);
        var store = builder.AddExecutable(ProcessName, LocalHosting.DotnetHost.Path, repository, ["tool", "run", "garnet-server", "--", .. StoreArguments.Garnet(folder)])
            .WithEndpoint(scheme: "tcp", name: "tcp");
        return builder.AddConnectionTo(name, store.WithArgs("--port", store.GetEndpoint("tcp").Property(EndpointProperty.TargetPort)));
    }

    private static IResourceBuilder<IResourceWithConnectionString> AddConnectionTo(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ExecutableResource> store) =>
        builder.AddConnectionString(name, ReferenceExpression.Create($"{store.GetEndpoint("tcp").Property(EndpointProperty.HostAndPort)}"));
}
