using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using ModelMesh.Backends.LlamaCpp;
using ModelMesh.Backends.Sdk;
using ModelMesh.Testing.Backends;
using Xunit;

namespace ModelMesh.Backends.Tests.LlamaCpp;

public sealed class LlamaCppHealthTests
{
    private const string Props = """
        {"default_generation_settings":{"params":{},"n_ctx":2048},"total_slots":4,"model_path":"/models/tiny.gguf","modalities":{"vision":true,"audio":false}}
        """;

    [Fact]
    public async Task Health_OfAServerThatLoads_IsStartingInItsOwnWords()
    {
        var health = await CheckAsync(path => path == "/health" ? (503, """{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}""") : (503, ""));

        Assert.Equal((BackendHealthState.Starting, "Loading model"), (health.State, health.Reason));
    }

    [Fact]
    public async Task Health_OfABusyServer_ShowsItsSlots()
    {
        var slots = """[{"id":0,"n_ctx":2048,"is_processing":true},{"id":1,"is_processing":false},{"id":2,"is_processing":true},{"id":3,"is_processing":false}]""";

        var health = await CheckAsync(path => path switch { "/health" => (200, """{"status":"ok"}"""), "/props" => (200, Props), "/slots" => (200, slots), _ => (404, "") });

        Assert.Equal(BackendHealthState.Healthy, health.State);
        Assert.Equal("""{"model_file":"tiny.gguf","slots":4,"context_size":2048,"vision":true,"slots_busy":2}""", health.Details!.ToJsonString());
    }

    [Theory]
    [InlineData(404)]
    [InlineData(501)]
    public async Task Health_OfAServerWithoutPropsAndSlots_IsHealthy(int status)
    {
        var health = await CheckAsync(path => path == "/health" ? (200, "") : (status, """{"error":{"message":"off","type":"not_supported_error"}}"""));

        Assert.Equal((BackendHealthState.Healthy, null), (health.State, health.Details));
    }

    [Fact]
    public async Task Health_OfAServerThatRefusesTheKey_IsUnhealthy() =>
        Assert.Equal(BackendHealthState.Unhealthy, (await CheckAsync(path => path == "/health" ? (200, "") : (401, ""))).State);

    [Fact]
    public void Settings_WithoutEndpoint_AreRefused() =>
        Assert.Equal("endpoint", Assert.Single(Assert.Throws<BackendSettingsException>(() => Create([])).Faults).Field);

    [Theory]
    [InlineData(false, ChatFeatures.None)]
    [InlineData(true, ChatFeatures.ImageUrls | ChatFeatures.ImageData)]
    public async Task Features_OfAMultimodalServerOnly_HoldImages(bool multimodal, ChatFeatures images)
    {
        await using var backend = Create(new() { ["endpoint"] = "http://localhost:1", ["multimodal"] = multimodal });

        Assert.Equal(images, backend.Features & (ChatFeatures.ImageUrls | ChatFeatures.ImageData));
    }

    private static async Task<BackendHealth> CheckAsync(Func<string, (int Status, string Body)> answer)
    {
        await using var upstream = ScriptedUpstream.Answering(exchange =>
        {
            var (status, body) = answer(exchange.Request.Path);
            return exchange.AnswerAsync(status, body);
        });
        await using var backend = Create(new() { ["endpoint"] = new Uri(upstream.Address, "v1").ToString() });
        return await backend.CheckHealthAsync(CancellationToken.None);
    }

    private static IBackend Create(JsonObject values) => new LlamaCppFactory().Create(
        new BackendSettings("m", "v1", JsonSerializer.SerializeToElement(values), reference => reference),
        new HostServices(new RecordedLogs(), TimeProvider.System, new ConfigurationBuilder().Build()));
}
