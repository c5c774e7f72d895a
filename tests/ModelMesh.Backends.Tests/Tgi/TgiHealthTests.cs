using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Tests.Plugins;
using ModelMesh.Backends.Tgi;
using ModelMesh.Testing.Backends;
using Xunit;

namespace ModelMesh.Backends.Tests.Tgi;

public sealed class TgiHealthTests
{
    private const string Info = """{"model_id":"org/model","max_input_tokens":4095,"max_total_tokens":4096,"version":"3.3.0"}""";
    private const string Metrics = "# TYPE tgi_queue_size gauge\ntgi_queue_size 3\n\n# TYPE tgi_batch_current_size gauge\ntgi_batch_current_size 2\n";

    [Fact]
    public async Task Server_ThatIsWell_IsHealthyWithDetails()
    {
        await using var bench = new PluginBench(new TgiFactory(), """{"model":"org/model"}""").On("/health", "").On("/info", Info).On("/metrics", Metrics);

        var health = await bench.HealthAsync();

        Assert.Equal(BackendHealthState.Healthy, health.State);
        Assert.Equal(
            """{"model_id":"org/model","max_input_tokens":4095,"max_total_tokens":4096,"queue_size":3,"batch_size":2}""", health.Details?.ToJsonString());
    }

    [Fact]
    public async Task Server_ThatShowsNothingElse_IsHealthy()
    {
        await using var bench = new PluginBench(new TgiFactory()).On("/health", "");

        Assert.Equal(BackendHealthState.Healthy, (await bench.HealthAsync()).State);
    }

    [Fact]
    public async Task Server_ThatServesAnotherModel_IsUnhealthyAndSaysWhich()
    {
        await using var bench = new PluginBench(new TgiFactory(), """{"model":"org/other"}""").On("/health", "").On("/info", Info);

        var health = await bench.HealthAsync();

        Assert.Equal((BackendHealthState.Unhealthy, "The TGI server serves org/model, not org/other."), (health.State, health.Reason));
    }

    [Theory]
    [InlineData("""{"error":"unhealthy","error_type":"healthcheck"}""", BackendHealthState.Unhealthy)]
    [InlineData("""{"error":"model is loading"}""", BackendHealthState.Starting)]
    [InlineData("", BackendHealthState.Starting)]
    public async Task Status503_OfTheServerItself_IsUnhealthyAndOfWhatStandsBeforeItStarting(string body, BackendHealthState state)
    {
        await using var bench = new PluginBench(new TgiFactory()).On("/health", body, 503);

        Assert.Equal(state, (await bench.HealthAsync()).State);
    }

    [Fact]
    public async Task Server_ThatRefusesTheConnection_IsUnhealthy()
    {
        using var port = new ClosedPort();
        await using var bench = new PluginBench(new TgiFactory(), $$"""{"endpoint":"{{port.Address}}"}""");

        Assert.Equal(BackendHealthState.Unhealthy, (await bench.HealthAsync()).State);
    }
}
