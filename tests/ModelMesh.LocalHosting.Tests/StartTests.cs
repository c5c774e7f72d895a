namespace ModelMesh.LocalHosting.Tests;

public sealed class StartTests
{
    [Fact]
    public async Task Start_DependencyNotYetHealthy_DependentWaits()
    {
        await using var mesh = new TestMesh(registry => registry.WithEnvironment("STANDIN_HEALTHY_AFTER_MS", "1000"));

        await mesh.StartAsync();

        var lines = mesh.Lines.ToList();
        var storeStarted = lines.FindIndex(line => line.StartsWith("store ", StringComparison.Ordinal));
        var registryStarted = lines.FindIndex(line => line.StartsWith("registry-", StringComparison.Ordinal));
        var bothHealthy = Math.Max(lines.FindIndex(line => line == "registry-0 | healthy"), lines.FindIndex(line => line == "registry-1 | healthy"));
        var gatewayStarted = lines.FindIndex(line => line.StartsWith("gateway ", StringComparison.Ordinal));
        Assert.True(storeStarted >= 0 && storeStarted < registryStarted && registryStarted < bothHealthy && bothHealthy < gatewayStarted, string.Join('\n', lines));
    }

    [Fact]
    public async Task Start_ReplicaEndsBeforeHealthy_WaitersFailWithItsExitCode()
    {
        await using var mesh = new TestMesh(registry => registry.WithEnvironment("STANDIN_EXIT", "3"));

        var fault = await Assert.ThrowsAsync<LaunchException>(mesh.StartAsync);

        Assert.Contains("registry-", fault.Message, StringComparison.Ordinal);
        Assert.Contains("exited with code 3", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(mesh.Lines, line => line.StartsWith("gateway", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_Replicas_GetOwnPortsAndAspiresVariables()
    {
        await using var mesh = new TestMesh();
        await mesh.StartAsync();

        var replicas = mesh.App.GetReplicaEndpoints("registry");
        Assert.Equal(2, replicas.Distinct().Count());
        using var client = new HttpClient();
        foreach (var (index, replica) in replicas.Index())
        {
            Task<string> Variable(string name) => client.GetStringAsync(new Uri(replica, $"/env/{name}"));
            Assert.Equal($"{replica.Port}", await Variable("Listen__Http"));
            Assert.Equal($"{mesh.App.GetReplicaEndpoints("registry", "grpc")[index].Port}", await Variable("Listen__Grpc"));
            Assert.StartsWith($"http://127.0.0.1:{replica.Port};", await Variable("ASPNETCORE_URLS"), StringComparison.Ordinal);
            Assert.Equal(await mesh.App.GetConnectionStringAsync("redis"), await Variable("ConnectionStrings__redis"));
            Assert.Equal("registry", await Variable("OTEL_SERVICE_NAME"));
            Assert.Equal($"service.instance.id=registry-{index}", await Variable("OTEL_RESOURCE_ATTRIBUTES"));
        }

        using var gateway = mesh.App.CreateHttpClient("gateway");
        Assert.Equal($"http://127.0.0.1:{mesh.App.GetEndpoint("registry").Port}", await gateway.GetStringAsync("/env/services__registry__http__0"));
        Assert.Equal($"http://127.0.0.1:{mesh.App.GetEndpoint("registry", "grpc").Port}", await gateway.GetStringAsync("/env/services__registry__grpc__0"));
    }

    [Fact]
    public async Task Start_HealthProbe_AsksNotToBeTraced()
    {
        await using var mesh = new TestMesh();
        await mesh.StartAsync();

        using var gateway = mesh.App.CreateHttpClient("gateway");
        Assert.EndsWith("-00", await gateway.GetStringAsync("/probed-by"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ProgramDoesNotExist_FailsWithItsName()
    {
        var builder = new DistributedApplicationBuilder(["--Dashboard:Enabled=false"], AppContext.BaseDirectory) { Output = new LaunchOutput(TextWriter.Null, inColour: false) };
        builder.AddExecutable("nothing", "there-is-no-such-program", ".").WithEndpoint();
        await using var app = builder.BuildApplication();
        await app.StartAsync();

        var fault = await Assert.ThrowsAsync<LaunchException>(() => app.ResourceNotifications.WaitForResourceHealthyAsync("nothing").WaitAsync(TestMesh.StartTime));

        Assert.Contains("nothing exited with code 127", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PortTaken_FailsWithPortAndEndpoint()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        var builder = new DistributedApplicationBuilder(["--Dashboard:Enabled=false"], AppContext.BaseDirectory) { Output = new LaunchOutput(TextWriter.Null, inColour: false) };
        builder.AddExecutable("service", "sleep", ".", "1000").WithHttpEndpoint(port);
        await using var app = builder.BuildApplication();

        var fault = await Assert.ThrowsAsync<LaunchException>(() => app.StartAsync());

        Assert.Contains($"{port}", fault.Message, StringComparison.Ordinal);
        Assert.Contains("http", fault.Message, StringComparison.Ordinal);
    }
}
