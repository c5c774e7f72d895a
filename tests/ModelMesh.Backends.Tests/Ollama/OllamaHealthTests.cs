using ModelMesh.Backends.Ollama;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Tests.Plugins;
using ModelMesh.Testing.Backends;
using Xunit;

namespace ModelMesh.Backends.Tests.Ollama;

public sealed class OllamaHealthTests
{
    private const string Tags =
        """{"models":[{"name":"Llama3:latest","model":"llama3:latest","size":42,"digest":"abc","details":{"parameter_size":"8B","quantization_level":"Q4_0"}}]}""";

    [Theory]
    [InlineData("llama3")]
    [InlineData("llama3:latest")]
    [InlineData("LLAMA3")]
    public async Task Model_ThatTheServerHas_IsHealthyWithDetails(string name)
    {
        await using var bench = new PluginBench(new OllamaFactory(), $$"""{"model":"{{name}}"}""")
            .On("/api/tags", Tags)
            .On("/api/ps", """{"models":[{"name":"llama3:latest","model":"llama3:latest","size_vram":17}]}""");

        var health = await bench.HealthAsync();

        Assert.Equal(BackendHealthState.Healthy, health.State);
        Assert.Equal(
            """{"loaded":true,"size_vram_bytes":17,"size_bytes":42,"digest":"abc","parameter_size":"8B","quantization":"Q4_0"}""", health.Details?.ToJsonString());
    }

    [Fact]
    public async Task Model_OfARegistryWithAPort_IsFoundWithoutItsTag()
    {
        await using var bench = new PluginBench(new OllamaFactory(), """{"model":"registry:5000/llama3"}""")
            .On("/api/tags", """{"models":[{"name":"registry:5000/llama3:latest"}]}""");

        Assert.Equal(BackendHealthState.Healthy, (await bench.HealthAsync()).State);
    }

    [Fact]
    public async Task Model_ThatIsNotLoaded_SaysSo()
    {
        await using var bench = new PluginBench(new OllamaFactory(), """{"model":"llama3"}""").On("/api/tags", Tags).On("/api/ps", """{"models":[]}""");

        Assert.Equal(false, (bool?)(await bench.HealthAsync()).Details?["loaded"]);
    }

    [Fact]
    public async Task Server_WithoutAListOfLoadedModels_IsHealthy()
    {
        await using var bench = new PluginBench(new OllamaFactory(), """{"model":"llama3"}""").On("/api/tags", Tags);

        var health = await bench.HealthAsync();

        Assert.Equal(BackendHealthState.Healthy, health.State);
        Assert.False(health.Details?.ContainsKey("loaded"));
    }

    [Theory]
    [InlineData("llama3:8b")]
    [InlineData("llama")]
    [InlineData("registry:5000/llama3")]
    public async Task Model_ThatTheServerLacks_IsUnhealthyAndSaysHowToPull(string name)
    {
        await using var bench = new PluginBench(new OllamaFactory(), $$"""{"model":"{{name}}"}""").On("/api/tags", Tags);

        var health = await bench.HealthAsync();

        Assert.Equal(BackendHealthState.Unhealthy, health.State);
        Assert.Contains($"ollama pull {name}", health.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(bench.Upstream.Requests, request => request.Path == "/api/pull");
    }

    [Fact]
    public async Task Server_ThatRefusesTheConnection_IsUnhealthy()
    {
        using var port = new ClosedPort();
        await using var bench = new PluginBench(new OllamaFactory(), $$"""{"endpoint":"{{port.Address}}"}""");

        var health = await bench.HealthAsync();

        Assert.Equal(BackendHealthState.Unhealthy, health.State);
        Assert.Contains("refused", health.Reason, StringComparison.Ordinal);
    }
}
