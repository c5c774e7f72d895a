namespace ModelMesh.LocalHosting.StandIn;

/// <summary>An AppHost in a process of its own, for tests that end it from outside. Prints the process ids of all it started.</summary>
internal static class StandInHost
{
    public static async Task RunAsync(string[] args)
    {
        var builder = DistributedApplication.CreateBuilder(["--Dashboard:Enabled=false", .. args]);
        var itself = typeof(StandInHost).Assembly.Location;
        var store = builder.AddExecutable("store", "dotnet", ".", itself, "store").WithEndpoint();
        store.WithArgs(store.GetEndpoint("tcp").Property(EndpointProperty.TargetPort));
        builder.AddExecutable("service", "dotnet", ".", itself)
            .WithHttpEndpoint(env: "Listen__Http")
            .WithHttpHealthCheck("/health")
            .WithEnvironment("STANDIN_SPAWN", "1")
            .WaitFor(store);

        await using var app = builder.Build();
        _ = PrintProcessIdsAsync(app);
        await app.RunAsync();
    }

    private static async Task PrintProcessIdsAsync(DistributedApplication app)
    {
        // The run has not started it yet when this is called; waiting does not need it to.
        await app.ResourceNotifications.WaitForResourceHealthyAsync("service");
        Console.WriteLine($"processes {string.Join(' ', app.GetProcessIds("store").Concat(app.GetProcessIds("service")))}");
    }
}
