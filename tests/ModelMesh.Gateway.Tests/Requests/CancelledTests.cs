using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Registry.Breakers;
using ModelMesh.Gateway.Tests.Failover;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Requests;

/// <summary>What a client sees of a request that an operator ended, and that the gateway leaves it at that.</summary>
public sealed class CancelledTests
{
    private const string Said = "An operator ended this request.";
    private const string Chat = """{"model":"chat","max_tokens":9,"messages":[{"role":"user","content":"hi"}],"stream":true}""";

    [Theory]
    [InlineData("/infer", """{"error":{"code":"cancelled","message":"An operator ended this request.","type":"mesh_error"}}""")]
    [InlineData("/v1/chat/completions", """{"error":{"message":"An operator ended this request.","type":"invalid_request_error","param":null,"code":"cancelled"}}""")]
    [InlineData("/v1/messages", """{"type":"error","error":{"type":"invalid_request_error","message":"An operator ended this request."},"request_id":"r-1"}""")]
    [InlineData("/api/chat", """{"error":"An operator ended this request.","code":"cancelled"}""")]
    public async Task BeforeTheFirstToken_ItIsStatus499InTheApisShape_AndNothingElseIsAsked(string path, string body)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = Backup.ChatFails(_ => throw Backup.Error(ErrorCode.Cancelled, Said));
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(), [], registry);

        var (status, answer) = await SendAsync(gateway, path);

        Assert.Equal((499, body), (status, answer));
        Assert.Single(registry.Calls);
    }

    [Theory]
    [InlineData("/infer", "event: error\ndata: {\"error\":{\"code\":\"cancelled\",\"message\":\"An operator ended this request.\",\"type\":\"mesh_error\"}}\n\n", "event: done")]
    [InlineData("/v1/chat/completions", "data: {\"error\":{\"message\":\"An operator ended this request.\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"cancelled\"},\"choices\":null}\n\n", "[DONE]")]
    [InlineData("/v1/messages", "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"An operator ended this request.\"},\"request_id\":\"r-1\"}\n\n", "message_stop")]
    [InlineData("/api/chat", "{\"error\":\"An operator ended this request.\",\"code\":\"cancelled\"}\n", "\"done\":true")]
    public async Task InMidStream_ItIsTheApisErrorAtTheEnd_AndTheStreamIsNotContinued(string path, string end, string complete)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = TokenThenEnded;
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(), [], registry);

        var (status, answer) = await SendAsync(gateway, path, ("x-modelmesh-continue", "prefill"));

        Assert.Equal(200, status);
        Assert.EndsWith(end, answer, StringComparison.Ordinal);
        Assert.DoesNotContain(complete, answer, StringComparison.Ordinal);
        Assert.Single(registry.Calls);
    }

    [Fact]
    public async Task ResponseOfOpenAI_InMidStream_HasAnErrorThatItsClientsDoNotSendAgain()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = TokenThenEnded;
        await using var gateway = await TestGateway.StartAsync(registry);

        var (_, answer) = await SendAsync(gateway, "/v1/responses");

        Assert.Contains("\"status\":\"failed\",\"error\":{\"code\":\"invalid_prompt\",\"message\":\"An operator ended this request.\"}", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("response.completed", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WholeAnswer_EndedInItsMidst_IsNotAskedForAgain_AndCountsForNoBreaker()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = TokenThenEnded;
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(new ModelResilience { BreakerFailures = 1, MaxRetries = 3 }), [], registry);

        var (response, body) = await gateway.AskAsync(stream: false);

        Assert.Equal((499, true), ((int)response.StatusCode, body.Contains("\"code\":\"cancelled\"", StringComparison.Ordinal)));
        Assert.Single(registry.Calls);
        Assert.All(gateway.Services.GetRequiredService<VersionGuards>().All, guard => Assert.Equal(0, guard.Breaker.Failures));
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("backup")]
    public async Task HedgedRequest_OfWhichEitherAttemptIsEnded_IsEndedAsAWhole(string ended)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            if (call.Request.Model == ended)
            {
                await Eventually.HoldsAsync(() => registry.Calls.Count == 2, "both are under way");
                throw Backup.Error(ErrorCode.Cancelled, Said);
            }

            await call.HangAsync();
        };
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(), [], registry);

        var (response, _) = await gateway.AskAsync(stream: true, ("x-modelmesh-hedge", "30"));

        Assert.Equal(499, (int)response.StatusCode);
        await Eventually.HoldsAsync(() => registry.Calls.Single(call => call.Request.Model != ended).CancelledAt != 0, "the other is cancelled");
        Assert.Equal(2, registry.Calls.Count);
    }

    [Fact]
    public async Task Continuation_ThatIsEnded_TellsThatAndNotWhyTheAnswerBroke()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            if (registry.Calls.Count > 1)
            {
                throw Backup.Error(ErrorCode.Cancelled, Said);
            }

            await call.AcceptAsync();
            await call.TokensAsync("Hel");
            throw Backup.Error(ErrorCode.BackendError);
        };
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(), [], registry);

        var (_, answer) = await SendAsync(gateway, "/infer", ("x-modelmesh-continue", "prefill"));

        Assert.Contains("\"code\":\"cancelled\"", answer, StringComparison.Ordinal);
        Assert.Equal(2, registry.Calls.Count);
    }

    [Fact]
    public async Task Embeddings_ThatAreEnded_AreStatus499_AndNothingElseIsAsked()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Embed = _ => throw Backup.Error(ErrorCode.Cancelled, Said);
        await using var gateway = await TestGateway.StartAsync(Backup.Catalog(), [], registry);

        var (status, _) = await SendAsync(gateway, "/embed", """{"model":"chat","input":"hi"}""");

        Assert.Equal((499, 1), (status, registry.EmbedCalls.Count));
    }

    private static async Task TokenThenEnded(FakeCall call)
    {
        await call.AcceptAsync();
        await call.TokensAsync("Hel");
        throw Backup.Error(ErrorCode.Cancelled, Said);
    }

    private static Task<(int Status, string Body)> SendAsync(TestGateway gateway, string path, params (string Name, string Value)[] headers) =>
        SendAsync(gateway, path, path switch { "/infer" => """{"model":"chat","input":"hi"}""", "/v1/responses" => """{"model":"chat","input":"hi","stream":true}""", _ => Chat }, headers);

    private static async Task<(int Status, string Body)> SendAsync(TestGateway gateway, string path, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("x-request-id", "r-1");
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var response = await gateway.Client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
