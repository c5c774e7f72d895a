using System.Net;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.OpenAI.Chat;

public sealed class ChatCompletionWireTests
{
    private const string Path = "/v1/chat/completions";
    private const string Head = """data: {"id":"chatcmpl-r-1","object":"chat.completion.chunk","created":1,"model":"chat@v1","system_fingerprint":"fp_1","choices":[""";
    private const string Streamed = """{"model":"chat@v1","messages":[{"role":"user","content":"hi"}],"stream":true,"stream_options":{"include_usage":true}}""";
    private const string Whole = """{"model":"chat@v1","messages":[{"role":"user","content":"hi"}]}""";

    [Fact]
    public async Task Streamed_IsChunksThatEndWithUsageAndDone()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await gateway.PostAsync(Path, Streamed);
        Assert.Equal("text/event-stream; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(["v1"], response.Headers.GetValues("x-modelmesh-version"));
        Assert.Equal(
            Head + """{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null}""" + "\n\n"
            + Head + """{"index":0,"delta":{"content":"Hello"},"finish_reason":null}],"usage":null}""" + "\n\n"
            + Head + """{"index":0,"delta":{"content":" world"},"finish_reason":null}],"usage":null}""" + "\n\n"
            + Head + """{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}""" + "\n\n"
            + Head + """],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""" + "\n\n"
            + "data: [DONE]\n\n",
            await gateway.TextAsync(Path, Streamed));
    }

    [Fact]
    public async Task NotStreamed_IsOneObject()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);

        Assert.Equal(
            """{"id":"chatcmpl-r-1","object":"chat.completion","created":1,"model":"chat@v1","system_fingerprint":"fp_1","choices":[{"index":0,"message":{"role":"assistant","content":"Hello world","refusal":null},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""",
            await gateway.TextAsync(Path, Whole));
        Assert.True(registry.Calls.TryDequeue(out var call));
        Assert.True(call.Request is { Lenient: true, Version: "v1" });
    }

    [Theory]
    [InlineData(Path, """ "messages":[{"role":"user","content":"hi"}] """, "extra.min_p", "min_p")]
    [InlineData(Path, """ "messages":[{"role":"user","content":"hi"}] """, "messages[0].content", "messages[0].content")]
    [InlineData("/v1/completions", """ "prompt":"hi" """, "extra.min_p", "min_p")]
    [InlineData("/v1/completions", """ "prompt":["hi","ho"] """, "messages[0].content", "prompt")]
    public async Task Refusal_OfTheBackend_NamesTheFieldAsTheClientWroteIt(string path, string fields, string field, string named)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = _ => throw GrpcErrors.ToRpcException(MeshException.Invalid(field, "is not taken"));
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await gateway.PostAsync(path, $$"""{"model":"chat","min_p":0.1,{{fields}}}""");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(named, await ApiCalls.FaultsAsync(response));
    }

    // Each part of a reference may be as long as a name.
    [Theory]
    [InlineData(Path)]
    [InlineData("/v1/responses")]
    [InlineData("/v1/messages")]
    [InlineData("/api/chat")]
    public async Task Reference_LongerThanAName_FindsTheModel(string path)
    {
        var (name, version, adapter) = (new string('m', 200), new string('v', 200), new string('a', 200));
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model(name, version) with { Adapters = [adapter] }), [], registry);
        var said = path == "/v1/responses" ? "\"input\":\"hi\"" : """ "messages":[{"role":"user","content":"hi"}] """;

        using var response = await gateway.PostAsync(path, $$"""{"model":"{{name}}:{{adapter}}@{{version}}","max_tokens":7,{{said}}}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NoFirstToken_IsAnHttpErrorInOpenAIsShape(bool stream)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = _ => throw GrpcErrors.ToRpcException(new MeshException(ErrorCode.CapacityExceeded, "full") { RetryAfter = TimeSpan.FromSeconds(2) });
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await gateway.PostAsync(Path, stream ? Streamed : Whole);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(2), response.Headers.RetryAfter!.Delta);
        Assert.Equal("""{"error":{"message":"full","type":"rate_limit_error","param":null,"code":"capacity_exceeded","retry_after_ms":2000}}""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BrokenInMidStream_EndsWithAnErrorAndNothingThatSaysComplete(bool withError)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("one");
            if (withError)
            {
                throw GrpcErrors.ToRpcException(new MeshException(ErrorCode.BackendError, "it broke"));
            }
        };
        await using var gateway = await TestGateway.StartAsync(registry);

        var text = await gateway.TextAsync(Path, Streamed);

        var last = text.TrimEnd('\n').Split("\n\n")[^1];
        Assert.StartsWith("data: {\"error\":{\"message\":\"", last, StringComparison.Ordinal);
        Assert.Equal(withError, last.Contains("\"it broke\"", StringComparison.Ordinal));
        Assert.DoesNotContain("[DONE]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"finish_reason\":\"", text, StringComparison.Ordinal);

        using var whole = await gateway.PostAsync(Path, Whole);
        Assert.True(whole.StatusCode >= HttpStatusCode.InternalServerError);
    }

    [Fact]
    public async Task BadBody_ListsEveryFault_AndTheFirstAsParam()
    {
        await using var gateway = await TestGateway.StartAsync();

        using var response = await gateway.PostAsync(Path, """{"model":"chat","messages":[{"role":"nobody","content":"x"}],"temperature":9}""");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("messages[0].role | temperature", await ApiCalls.FaultsAsync(response));
        Assert.Contains("\"param\":\"messages[0].role\",\"code\":\"invalid_request\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TooLargeBody_AndUnknownModel_HaveTheirStatus()
    {
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), ["--Limits:MaxBodyBytes=100"]);

        using var large = await gateway.PostAsync(Path, $$"""{"model":"chat","messages":"{{new string('x', 100)}}"}""");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using var unknown = await gateway.PostAsync(Path, """{"model":"chat@v2","messages":[{"role":"user","content":"a"}]}""");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Contains("\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"model_not_found\"", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ClientGone_CancelsTheCall(bool stream)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("one");
            await call.HangAsync();
        };
        await using var gateway = await TestGateway.StartAsync(registry);
        using var leave = new CancellationTokenSource();
        var answer = Task.Run(async () =>
        {
            using var response = await gateway.PostAsync(Path, stream ? Streamed : Whole, leave.Token);
            await response.Content.ReadAsStringAsync(leave.Token);
        });
        await Eventually.HoldsAsync(() => registry.Calls.TryPeek(out var call) && call.Sent == 1, "the call is in mid-stream");

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await Eventually.HoldsAsync(() => registry.Calls.TryPeek(out var call) && call.CancelledAt != 0, "the registry's call is cancelled");
    }

    [Fact]
    public async Task SilentStream_GetsComments()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var go = new TaskCompletionSource();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("one");
            await go.Task;
            await call.CompleteAsync(1);
        };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), ["--Answers:KeepAlive=00:00:00.1"], registry);
        using var response = await gateway.PostAsync(Path, Streamed);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        while (await reader.ReadLineAsync() != ": keep-alive")
        {
        }

        go.SetResult();
        Assert.EndsWith("data: [DONE]\n\n", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }
}
