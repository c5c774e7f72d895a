using System.Text.Json.Nodes;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Vllm;
using ModelMesh.Testing.Backends;
using Xunit;

namespace ModelMesh.Backends.Tests.Vllm;

public sealed class VllmHealthTests
{
    private const string Models = """
        {"object":"list","data":[{"id":"base","root":"Qwen/Qwen3-8B","parent":null,"max_model_len":4096,"owned_by":"vllm"},{"id":"sql","root":"/loras/sql","parent":"base"},{"id":"law","parent":"base"},{"id":"other","parent":null}]}
        """;

    private const string Metrics = """
        # HELP vllm:num_requests_running Number of requests in model execution batches.
        # TYPE vllm:num_requests_running gauge
        vllm:num_requests_running{engine="0",model_name="base"} 3.0
        vllm:num_requests_running{engine="1",model_name="base"} 2.0
        vllm:num_requests_waiting{engine="0",model_name="base"} 4.0
        vllm:num_requests_waiting{engine="0",model_name="another"} 40.0
        vllm:kv_cache_usage_perc{engine="0",model_name="base"} 0.25
        vllm:kv_cache_usage_perc{engine="1",model_name="base"} 5e-1
        """;

    [Fact]
    public async Task Health_OfABusyServer_ShowsQueueCacheAndAdapters()
    {
        var health = await CheckAsync("base", path => path switch { "/health" => (200, ""), "/v1/models" => (200, Models), "/metrics" => (200, Metrics), _ => (404, "") });

        Assert.Equal(BackendHealthState.Healthy, health.State);
        Assert.Equal("""{"adapters":["sql","law"],"max_model_len":4096,"requests_running":5,"requests_waiting":4,"kv_cache_usage":0.5}""", health.Details!.ToJsonString());
    }

    [Fact]
    public async Task Health_OfAnAdapter_ShowsWhatItAdapts()
    {
        var health = await CheckAsync("sql", path => path switch { "/health" => (200, ""), "/v1/models" => (200, Models), _ => (404, "") });

        Assert.Equal("""{"adapters":[],"base_model":"base","max_model_len":4096}""", health.Details!.ToJsonString());
    }

    [Fact]
    public async Task Health_OfAServerWithoutTheModel_IsUnhealthyAndNamesWhatItHas()
    {
        var health = await CheckAsync("gone", path => path == "/v1/models" ? (200, Models) : (404, ""));

        Assert.Equal((BackendHealthState.Unhealthy, "The server does not have the model 'gone'."), (health.State, health.Reason));
        Assert.Equal("base", health.Details!["models"]![0]!.GetValue<string>());
    }

    [Theory]
    [InlineData(500, BackendHealthState.Unhealthy)]
    [InlineData(503, BackendHealthState.Unhealthy)]
    [InlineData(404, BackendHealthState.Healthy)]
    [InlineData(405, BackendHealthState.Healthy)]
    [InlineData(501, BackendHealthState.Healthy)]
    [InlineData(307, BackendHealthState.Healthy)]
    [InlineData(400, BackendHealthState.Healthy)]
    public async Task Health_ByTheHealthPathsStatus_IsUnhealthyOnlyWhereItSaysSo(int status, BackendHealthState state) =>
        Assert.Equal(state, (await CheckAsync("base", path => path == "/health" ? (status, "") : (404, ""))).State);

    [Theory]
    [InlineData(401)]
    [InlineData(500)]
    public async Task Health_OfAServerThatRefusesItsListOfModels_IsUnhealthy(int status) =>
        Assert.Equal(BackendHealthState.Unhealthy, (await CheckAsync("base", path => path == "/v1/models" ? (status, "") : (404, ""))).State);

    [Fact]
    public async Task Health_OfAnOlderServer_ReadsTheCachesOlderName()
    {
        var health = await CheckAsync("base", path => path == "/metrics" ? (200, "vllm:gpu_cache_usage_perc{model_name=\"a \\\"b\\\" }\"} 0.75\nvllm:num_requests_running NaN\n") : (404, ""));

        Assert.Equal("""{"kv_cache_usage":0.75}""", health.Details!.ToJsonString());
    }

    private static async Task<BackendHealth> CheckAsync(string model, Func<string, (int Status, string Body)> answer)
    {
        await using var upstream = ScriptedUpstream.Answering(exchange =>
        {
            var (status, body) = answer(exchange.Request.Path);
            return exchange.AnswerAsync(status, body);
        });
        var values = new JsonObject { ["endpoint"] = new Uri(upstream.Address, "v1").ToString(), ["model"] = model };
        await using var backend = new VllmFactory().Create(
            new BackendSettings("m", "v1", System.Text.Json.JsonSerializer.SerializeToElement(values), reference => reference),
            new HostServices(new RecordedLogs(), TimeProvider.System, new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build()));
        return await backend.CheckHealthAsync(CancellationToken.None);
    }
}
