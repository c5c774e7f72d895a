using System.Text.Json;
using Microsoft.Extensions.Configuration;
using ModelMesh.Backends.OpenAI;
using ModelMesh.Backends.OpenAI.Clients;
using ModelMesh.Backends.OpenAI.Health;
using ModelMesh.Backends.OpenAI.Settings;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Tests.Plugins;
using ModelMesh.Backends.Wire.Http;
using ModelMesh.Testing.Backends;
using Xunit;

namespace ModelMesh.Backends.Tests.OpenAI;

public sealed class OpenAIHealthTests
{
    private const string List = """{"object":"list","data":[{"id":"other"},{"id":"m","object":"model","created":1,"owned_by":"me"}]}""";
    private const string Foreign = """{"object":"list","data":[{"id":"other"}]}""";

    [Fact]
    public async Task Model_WithAnEntry_IsHealthyAndNamesItsOwner()
    {
        await using var bench = Bench().On("/models/m", """{"id":"m","object":"model","created":1,"owned_by":"me"}""");

        var health = await bench.HealthAsync();

        Assert.Equal((BackendHealthState.Healthy, """{"owned_by":"me"}"""), (health.State, health.Details?.ToJsonString()));
        Assert.Equal("/models/m", Assert.Single(bench.Upstream.Requests).Path);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(501)]
    public async Task Server_WithAListOnly_IsAskedForTheList(int status)
    {
        await using var bench = Bench().On("/models/m", """{"error":"none"}""", status).On("/models", List);

        var health = await bench.HealthAsync();

        Assert.Equal((BackendHealthState.Healthy, """{"owned_by":"me"}"""), (health.State, health.Details?.ToJsonString()));
    }

    [Fact]
    public async Task Model_NotInTheListOfAServerOfAnothersOwn_IsHealthyAndSaysSo()
    {
        await using var bench = Bench().On("/models", Foreign);

        var health = await bench.HealthAsync();

        Assert.Equal((BackendHealthState.Healthy, """{"listed":false}"""), (health.State, health.Details?.ToJsonString()));
    }

    [Fact]
    public async Task Model_NotInTheListOfOpenAI_IsUnhealthy()
    {
        await using var bench = Bench().On("/models", Foreign);
        var settings = OpenAISettings.Read(
            new BackendSettings("m", "v1", JsonDocument.Parse("""{"api_key":"env:KEY"}""").RootElement, _ => "sk-own"),
            "openai",
            new HostServices(new RecordedLogs(), new ManualClock(), new ConfigurationBuilder().Build()));
        using var connections = new OpenAIClients(
            new UpstreamConnections().Rent(), settings with { Upstream = settings.Upstream with { Endpoint = bench.Upstream.Address } }, TimeProvider.System);

        var health = await new OpenAIHealth(connections.Models, settings).CheckAsync(CancellationToken.None);

        Assert.Equal(BackendHealthState.Unhealthy, health.State);
        Assert.Contains("no model m", health.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_ThatIsRefused_IsUnhealthyAndSaysSo()
    {
        await using var bench = Bench().On("/models/m", """{"error":{"message":"Incorrect API key provided"}}""", status: 401);

        Assert.Equal(BackendHealth.Unhealthy("The upstream refused the key."), await bench.HealthAsync());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"data":7}""")]
    [InlineData("<html>")]
    public async Task Answer_ThatIsNoList_IsUnhealthyAndSaysWhy(string answer)
    {
        await using var bench = Bench().On("/models", answer);

        var health = await bench.HealthAsync();

        Assert.Equal(BackendHealthState.Unhealthy, health.State);
        Assert.False(string.IsNullOrEmpty(health.Reason));
    }

    private static PluginBench Bench() => new(new OpenAIFactory());
}
