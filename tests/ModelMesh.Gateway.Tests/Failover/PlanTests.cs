using System.Net;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Failover;

/// <summary>What a request meets on its way through the routes of its plan.</summary>
public sealed class PlanTests
{
    [Theory]
    [InlineData(ErrorCode.BackendError, true, "2")]
    [InlineData(ErrorCode.BackendUnavailable, true, "2")]
    [InlineData(ErrorCode.Timeout, true, "2")]
    [InlineData(ErrorCode.RateLimited, true, "1")]
    [InlineData(ErrorCode.CapacityExceeded, true, "1")]
    [InlineData(ErrorCode.BackendError, false, "2")]
    [InlineData(ErrorCode.Timeout, false, "2")]
    [InlineData(ErrorCode.CapacityExceeded, false, "1")]
    public async Task VersionThatFailsBeforeTheFirstToken_IsReplacedByTheNext_WhichTheHeadersSay(ErrorCode code, bool stream, string attempts)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = Backup.ChatFails(code);
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(), [], registry);

        var (response, body) = await gateway.AskAsync(stream);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("backup", body, StringComparison.Ordinal);
        Assert.Equal(("chat@v1", attempts, "backup"), (response.Header("x-modelmesh-fallback"), response.Header("x-modelmesh-attempts"), response.Header("x-modelmesh-model")));
        Assert.Equal((1, 1), (registry.CallsOf("chat"), registry.CallsOf("backup")));
    }

    [Theory]
    [InlineData(ErrorCode.InvalidRequest, HttpStatusCode.BadRequest)]
    [InlineData(ErrorCode.PayloadTooLarge, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(ErrorCode.StoreUnavailable, HttpStatusCode.ServiceUnavailable)]
    public async Task ErrorThatEveryVersionWouldHave_IsTheAnswer(ErrorCode code, HttpStatusCode status)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = Backup.ChatFails(code);
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(), [], registry);

        var (response, _) = await gateway.AskAsync(stream: true);

        Assert.Equal(status, response.StatusCode);
        Assert.Single(registry.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ContentFilter_IsAnAnswer_AndAsksNobodyElse(bool stream)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = Backup.ChatFails(async call =>
        {
            await call.AcceptAsync();
            await call.CompleteAsync(new Completed { FinishReason = "content_filter" });
        });
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(new ModelResilience { BreakerFailures = 1 }), [], registry);

        for (var i = 0; i < 3; i++)
        {
            var (response, body) = await gateway.AskAsync(stream);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Contains("content_filter", body, StringComparison.Ordinal);
            Assert.Null(response.Header("x-modelmesh-fallback"));
        }

        Assert.Equal(0, registry.CallsOf("backup"));
    }

    [Fact]
    public async Task AllVersionsAtALimit_IsTheFirstOnesError_WithTheShortestWait()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = call => throw (call.Request.Model == "chat"
            ? Backup.Error(ErrorCode.CapacityExceeded, "full", TimeSpan.FromSeconds(9))
            : Backup.Error(ErrorCode.RateLimited, "slow down", TimeSpan.FromSeconds(4)));
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(), [], registry);

        var (response, body) = await gateway.AskAsync(stream: true);

        Assert.Equal((HttpStatusCode.TooManyRequests, "4"), (response.StatusCode, response.Header("Retry-After")));
        Assert.Contains("\"code\":\"capacity_exceeded\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AllVersionsDown_AnswersWithEachOnesReason()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = call => throw Backup.Error(ErrorCode.BackendUnavailable, $"{call.Request.Model} refuses connections.");
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(), [], registry);

        var (response, body) = await gateway.AskAsync(stream: true);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "2"), (response.StatusCode, response.Header("x-modelmesh-attempts")));
        Assert.Contains("chat@v1: chat refuses connections. backup@v1: backup refuses connections.", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/infer")]
    [InlineData("/embed")]
    public async Task PlanMadeAnew_DoesNotBeginWithWhatHasFailedAlready(string path)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = call => throw Fail(call.Request.Model);
        registry.Embed = request => throw Fail(request.Model);
        var catalog = Backup.Catalog();
        await using var gateway = await TestGateway.StartAsync(catalog, [], registry);

        using var response = await PostAsync(gateway, path);
        var body = await response.Content.ReadAsStringAsync();

        Assert.Equal((HttpStatusCode.BadGateway, "1", 2), (response.StatusCode, response.Header("x-modelmesh-attempts"), catalog.Refreshes));
        Assert.Contains("chat@v1: broken. backup@v1: gone.", body, StringComparison.Ordinal);
        Assert.Equal(
            ["chat", "backup", "backup", "backup"],
            path == "/infer" ? registry.Calls.Select(call => call.Request.Model) : registry.EmbedCalls.Select(request => request.Model));

        static Exception Fail(string model) => model == "chat" ? Backup.Error(ErrorCode.BackendError, "broken.") : Backup.Error(ErrorCode.ModelNotFound, "gone.");
    }

    [Theory]
    [InlineData("/infer")]
    [InlineData("/embed")]
    public async Task PlanThatCannotBeMadeAnew_IsA404ThatSaysWhatTheWayCost(string path)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = _ => throw Backup.Error(ErrorCode.ModelNotFound);
        registry.Embed = _ => throw Backup.Error(ErrorCode.ModelNotFound);
        var catalog = new FakeCatalog(FakeCatalog.Model());
        catalog.Store();
        await using var gateway = await TestGateway.StartAsync(catalog, [], registry);

        using var response = await PostAsync(gateway, path);

        Assert.Equal((HttpStatusCode.NotFound, "0"), (response.StatusCode, response.Header("x-modelmesh-attempts")));
    }

    [Fact]
    public async Task NamedVersion_IsNotReplacedByAnotherOfItsModel()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = _ => throw Backup.Error(ErrorCode.BackendError);
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model(), FakeCatalog.Model(version: "v2")), [], registry);

        using var named = await gateway.InferAsync("""{"model":"chat","version":"v1","input":"hi"}""");
        Assert.Equal((HttpStatusCode.BadGateway, 1), (named.StatusCode, registry.Calls.Count));

        using var split = await gateway.InferAsync();
        Assert.Equal(["v1", "v2"], registry.Calls.Skip(1).Select(call => call.Request.Version).Order());
    }

    [Fact]
    public async Task Embeddings_TakeTheSameWay()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Embed = request => request.Model == "chat"
            ? throw Backup.Error(ErrorCode.BackendError)
            : new EmbedResponse { Accepted = new Accepted { Model = request.Model, Version = request.Version }, Embeddings = { new Embedding { Values = { 1 } } } };
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(), [], registry);

        using var response = await PostAsync(gateway, "/embed");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(("backup", "chat@v1", "2"), (response.Header("x-modelmesh-model"), response.Header("x-modelmesh-fallback"), response.Header("x-modelmesh-attempts")));
    }

    private static Task<HttpResponseMessage> PostAsync(TestGateway gateway, string path) =>
        gateway.Client.PostAsync(path, new StringContent("""{"model":"chat","input":"hi"}""", System.Text.Encoding.UTF8, "application/json"));
}
