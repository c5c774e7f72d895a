using ModelMesh.Backends.Ollama;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Tests.Plugins;
using ModelMesh.Testing.Backends;
using Xunit;

namespace ModelMesh.Backends.Tests.Ollama;

public sealed class ModelPullTests
{
    private const string None = """{"models":[]}""";
    private const string Some = """{"models":[{"name":"m:latest"}]}""";

    [Fact]
    public async Task MissingModel_IsPulledOnceAndSaysHowFarItIsUntilItIsThere()
    {
        var more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var bench = Bench().On("/api/tags", None).On("/api/pull", async exchange =>
        {
            await exchange.StartAsync("application/x-ndjson");
            await exchange.SendAsync("{\"status\":\"pulling manifest\"}\n");
            await exchange.SendAsync("{\"status\":\"pulling a\",\"digest\":\"a\",\"total\":300,\"completed\":150}\n");
            await exchange.SendAsync("{\"status\":\"pulling b\",\"digest\":\"b\",\"total\":100,\"completed\":18}\n");
            await Task.WhenAny(more.Task, exchange.ClientClosedAsync());
            await exchange.SendAsync("{\"status\":\"success\"}\n");
            await exchange.EndAsync();
        });

        var first = await bench.HealthAsync();
        await Eventually.HoldsAsync(async () => (await bench.HealthAsync()).Reason == "Pulling m: 42 %", TimeSpan.FromSeconds(10), "the progress is told");
        var second = await bench.HealthAsync();
        var refusal = await Assert.ThrowsAsync<BackendException>(() => bench.ChatAsync());
        var other = await Assert.ThrowsAsync<BackendException>(() => bench.Backend.Embeddings!.GenerateAsync(["a"]));
        bench.On("/api/tags", Some);
        more.SetResult();
        await Eventually.HoldsAsync(async () => (await bench.HealthAsync()).State == BackendHealthState.Healthy, TimeSpan.FromSeconds(10), "the model is there");

        Assert.Equal(BackendHealthState.Starting, first.State);
        Assert.Equal(BackendHealthState.Starting, second.State);
        Assert.Equal((BackendErrorKind.Unavailable, "Pulling m: 42 %."), (refusal.Kind, refusal.Message));
        Assert.Equal(BackendErrorKind.Unavailable, other.Kind);
        Assert.Equal("""{"model":"m","stream":true}""", Assert.Single(bench.Bodies("/api/pull")).ToJsonString());
    }

    [Theory]
    [InlineData("{\"status\":\"pulling manifest\"}\n{\"error\":\"pull model manifest: file does not exist\"}\n", "pull model manifest: file does not exist")]
    [InlineData("{\"status\":\"pulling manifest\"}\n", "the server ended it before it was complete")]
    public async Task Pull_ThatFails_IsUnhealthyWithItsErrorAndBegunAgainAtALaterCheck(string answer, string reason)
    {
        await using var bench = Bench().On("/api/tags", None).On("/api/pull", "application/x-ndjson", answer);

        await bench.HealthAsync();
        var failed = BackendHealth.Healthy;
        await Eventually.HoldsAsync(async () => (failed = await bench.HealthAsync()).State == BackendHealthState.Unhealthy, TimeSpan.FromSeconds(10), "the failure is told");
        var pulls = bench.Bodies("/api/pull").Count();
        var again = await bench.HealthAsync();
        await Eventually.HoldsAsync(() => bench.Bodies("/api/pull").Count() == pulls + 1, "it is pulled again");

        Assert.Equal($"Pulling m failed: {reason}", failed.Reason);
        Assert.Equal(1, pulls);
        Assert.Equal(BackendHealthState.Starting, again.State);
    }

    [Fact]
    public async Task Pull_RefusedByTheServer_IsUnhealthyWithItsError()
    {
        await using var bench = Bench().On("/api/tags", None).On("/api/pull", """{"error":"invalid model name"}""", 400);

        await bench.HealthAsync();
        var failed = BackendHealth.Healthy;
        await Eventually.HoldsAsync(async () => (failed = await bench.HealthAsync()).State == BackendHealthState.Unhealthy, TimeSpan.FromSeconds(10), "the failure is told");

        Assert.Equal("Pulling m failed: invalid model name", failed.Reason);
    }

    [Fact]
    public async Task Chat_OfAMissingModel_BeginsThePullAndIsUnavailable()
    {
        await using var bench = Bench().On("/api/chat", """{"error":"model 'm' not found"}""", 404).On("/api/pull", exchange => exchange.ClientClosedAsync());

        var refusal = await Assert.ThrowsAsync<BackendException>(() => bench.ChatAsync());
        await Eventually.HoldsAsync(() => bench.Bodies("/api/pull").Any(), "the pull has begun");

        Assert.Equal((BackendErrorKind.Unavailable, "Pulling m."), (refusal.Kind, refusal.Message));
    }

    [Fact]
    public async Task Chat_OfAMissingAdapter_IsNotFoundAndPullsNothing()
    {
        await using var bench = Bench().On("/api/chat", """{"error":"model 'poet' not found"}""", 404);

        var refusal = await Assert.ThrowsAsync<BackendException>(() => bench.ChatAsync(new() { ModelId = "poet" }));

        Assert.Equal(BackendErrorKind.NotFound, refusal.Kind);
        Assert.Empty(bench.Bodies("/api/pull"));
    }

    [Fact]
    public async Task Chat_OfAMissingModelThatIsNotToBePulled_IsNotFound()
    {
        await using var bench = new PluginBench(new OllamaFactory()).On("/api/chat", """{"error":"model 'm' not found"}""", 404);

        var refusal = await Assert.ThrowsAsync<BackendException>(() => bench.ChatAsync());

        Assert.Equal(BackendErrorKind.NotFound, refusal.Kind);
        Assert.Empty(bench.Bodies("/api/pull"));
    }

    [Fact]
    public async Task Pull_WhenTheBackendIsDisposed_IsCancelled()
    {
        var asked = new TaskCompletionSource<UpstreamExchange>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var bench = Bench().On("/api/tags", None).On("/api/pull", async exchange =>
        {
            await exchange.StartAsync("application/x-ndjson");
            asked.SetResult(exchange);
        });
        await bench.HealthAsync();
        var exchange = await asked.Task;

        await bench.DisposeBackendAsync();

        await exchange.ClientClosedAsync().WaitAsync(TimeSpan.FromSeconds(10));
    }

    private static PluginBench Bench() => new(new OllamaFactory(), """{"pull":"missing"}""");
}
