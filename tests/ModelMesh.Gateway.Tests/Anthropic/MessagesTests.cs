using System.Net;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Tests.Fakes;
using static ModelMesh.Gateway.Tests.Anthropic.MessagesClient;

namespace ModelMesh.Gateway.Tests.Anthropic;

/// <summary><c>POST /v1/messages</c> over real connections.</summary>
public sealed class MessagesTests
{
    public static TheoryData<string, string> Wholes => new()
    {
        { "text", """[{"type":"text","text":"Hello \"w\" \uD83D\uDE00\n"}],"stop_reason":"end_turn" """ },
        { "thinking", """[{"type":"thinking","thinking":"hm","signature":""},{"type":"text","text":"4"}],"stop_reason":"max_tokens" """ },
        {
            "calls",
            """[{"type":"text","text":"wait"},{"type":"tool_use","id":"c0","name":"f","input":{"a": 1.50},"caller":{"type":"direct"}},{"type":"tool_use","id":"toolu_r-1_1","name":"g","input":{},"caller":{"type":"direct"}}],"stop_reason":"tool_use" """
        },
        { "cut", """[{"type":"tool_use","id":"c0","name":"f","input":{},"caller":{"type":"direct"}}],"stop_reason":"max_tokens" """ },
        { "refusal", """[{"type":"text","text":"no"}],"stop_reason":"refusal" """ },
        { "empty", """[],"stop_reason":"end_turn" """ },
    };

    [Theory]
    [MemberData(nameof(Wholes))]
    public async Task Whole_Answer_IsAMessage(string answer, string content)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = answer switch
        {
            "text" => Answer(Completed(), new Delta { Text = "Hello" }, new Delta { Text = " \"w\" 😀\n" }),
            "thinking" => Answer(Completed("length"), new Delta { Reasoning = "hm" }, new Delta { Text = "4" }),
            "calls" => Answer(Completed("stop"), new Delta { Text = "wait" }, Call(0, "c0", "f", "{\"a\""), Call(1, "", "g", ""), More(0, ": 1.50}")),
            "cut" => Answer(Completed("length"), Call(0, "c0", "f", "{}"), Call(1, "c1", "g", "{\"a\"")),
            "refusal" => Answer(Completed(), new Delta { Refusal = "no" }),
            _ => Answer(Completed()),
        };
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await gateway.MessagesAsync(Body());

        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(
            $$$"""{"id":"msg_r-1","type":"message","role":"assistant","model":"chat","content":{{{content.TrimEnd()}}},"stop_sequence":null,"usage":{"input_tokens":3,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":2}}""",
            await response.Content.ReadAsStringAsync());
        Assert.Equal([RequestId, RequestId], [Header(response, "x-request-id"), Header(response, "request-id")]);
        Assert.Equal("registry-1", Header(response, "x-modelmesh-instance"));
    }

    [Fact]
    public async Task Whole_OfWhichChunksAreMissing_SaysSo()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = Answer(new Completed { FinishReason = "stop", SkippedChunks = 2 }, new Delta { Text = "a" });
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await gateway.MessagesAsync(Body());

        Assert.EndsWith(",\"modelmesh\":{\"skipped_chunks\":2}}", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/messages")]
    [InlineData("/v1/messages?beta=true")]
    public async Task Streamed_Answer_IsTheseBytes(string path)
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(Body(""","stream":true""")) };
        request.Headers.Add("x-request-id", RequestId);
        request.Headers.Add("x-api-key", "any");
        request.Headers.Add("anthropic-version", "2023-06-01");
        request.Headers.Add("anthropic-beta", "one,two");

        using var response = await gateway.Client.SendAsync(request);

        Assert.Equal("text/event-stream; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(RequestId, Header(response, "request-id"));
        Assert.Equal(
            [
                Events.Start,
                Events.BlockStart(0, """{"type":"text","text":""}"""),
                Events.BlockDelta(0, """{"type":"text_delta","text":"Hello"}"""),
                Events.BlockDelta(0, """{"type":"text_delta","text":" world"}"""),
                Events.BlockStop(0),
                Events.End("end_turn"),
                Events.Stop,
            ],
            Events.Split(await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Whole_ArgumentsThatAreNoObject_Are502()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = Answer(Completed("tool_calls"), Call(0, "c0", "f", "7"));
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await gateway.MessagesAsync(Body());

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal(
            """{"type":"error","error":{"type":"api_error","message":"The model called the tool 'f' with arguments that are no JSON object."},"request_id":"r-1"}""",
            await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(ErrorCode.RateLimited, HttpStatusCode.TooManyRequests, "rate_limit_error")]
    [InlineData(ErrorCode.BackendUnavailable, HttpStatusCode.ServiceUnavailable, "overloaded_error")]
    [InlineData(ErrorCode.Timeout, HttpStatusCode.GatewayTimeout, "timeout_error")]
    [InlineData(ErrorCode.BackendError, HttpStatusCode.BadGateway, "api_error")]
    public async Task Failure_BeforeTheFirstToken_IsAnHttpError_StreamedOrNot(ErrorCode code, HttpStatusCode status, string type)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = _ => throw GrpcErrors.ToRpcException(new MeshException(code, "not now") { RetryAfter = TimeSpan.FromSeconds(2) });
        await using var gateway = await TestGateway.StartAsync(registry);
        foreach (var fields in new[] { "", ""","stream":true""" })
        {
            using var response = await gateway.MessagesAsync(Body(fields));

            Assert.Equal((status, "application/json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
            Assert.Equal(("2", RequestId), (Header(response, "retry-after"), Header(response, "request-id")));
            Assert.Equal($$$"""{"type":"error","error":{"type":"{{{type}}}","message":"not now"},"request_id":"r-1"}""", await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Failure_InMidStream_IsAnEvent_AndTheStreamHasNoEnd()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("one");
            throw GrpcErrors.ToRpcException(new MeshException(ErrorCode.BackendError, "it broke"));
        };
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await gateway.MessagesAsync(Body(""","stream":true"""));
        var events = Events.Split(await response.Content.ReadAsStringAsync());

        Assert.Equal("""event: error data: {"type":"error","error":{"type":"api_error","message":"it broke"},"request_id":"r-1"}""", events[^1]);
        Assert.DoesNotContain(Events.Stop, events);
    }

    [Theory]
    [InlineData("", HttpStatusCode.InternalServerError)]
    [InlineData(""","stream":true""", HttpStatusCode.OK)]
    public async Task Stream_ThatEndsBeforeItIsComplete_IsAnError(string fields, HttpStatusCode status)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("one");
        };
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await gateway.MessagesAsync(Body(fields));
        var body = await response.Content.ReadAsStringAsync();

        Assert.Equal(status, response.StatusCode);
        Assert.Contains("""{"type":"error","error":{"type":"api_error",""", body, StringComparison.Ordinal);
        Assert.DoesNotContain("message_stop", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SilentStream_IsPinged()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var silent = new TaskCompletionSource();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("one");
            await silent.Task;
            await call.CompleteAsync();
        };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), ["--Answers:KeepAlive=00:00:00.1"], registry);

        using var response = await gateway.MessagesAsync(Body(""","stream":true"""));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        string? line;
        do
        {
            line = await reader.ReadLineAsync();
        }
        while (line is not (null or "event: ping"));
        silent.SetResult();

        Assert.Equal("event: ping", line);
        Assert.Equal("""data: {"type":"ping"}""", await reader.ReadLineAsync());
        Assert.EndsWith("data: {\"type\":\"message_stop\"}\n\n", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","stream":true""")]
    public async Task Client_ThatGoes_CancelsTheBackend(string fields)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("one");
            await call.HangAsync();
        };
        await using var gateway = await TestGateway.StartAsync(registry);
        using var gone = new CancellationTokenSource();

        var response = gateway.MessagesAsync(Body(fields), gone.Token);
        await Eventually.HoldsAsync(() => registry.Calls.TryPeek(out var call) && call.Sent == 1, "the first token was sent");
        await gone.CancelAsync();
        await Task.WhenAny(response);
        if (response.IsCompletedSuccessfully)
        {
            // The answer had begun: what is left to leave is its body.
            (await response).Dispose();
        }

        await Eventually.HoldsAsync(() => registry.Calls.Single().CancelledAt > 0, "the backend's call was cancelled");
    }

    [Theory]
    [InlineData("{", "invalid_request_error", HttpStatusCode.BadRequest)]
    [InlineData("""{"model":"nobody","max_tokens":1,"messages":[{"role":"user","content":"a"}]}""", "not_found_error", HttpStatusCode.NotFound)]
    [InlineData("""{"model":"chat","max_tokens":1,"messages":[{"role":"user","content":"0123456789012345678901234567890123456789"}]}""", "request_too_large", HttpStatusCode.RequestEntityTooLarge)]
    public async Task BadRequest_HasTheApisOwnTypeOfError(string body, string type, HttpStatusCode status)
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), ["--Limits:MaxBodyBytes=100"], registry);

        using var response = await gateway.MessagesAsync(body);

        Assert.Equal(status, response.StatusCode);
        Assert.StartsWith($$$"""{"type":"error","error":{"type":"{{{type}}}",""", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(registry.Calls);
    }

    [Fact]
    public async Task Refusal_OfTheRegistry_NamesTheClientsField()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = _ => throw GrpcErrors.ToRpcException(MeshException.Invalid([new ErrorDetail("stop", "is too much"), new ErrorDetail("messages[1].content[0]", "is an image")]));
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await gateway.MessagesAsync(
            """{"model":"chat","max_tokens":1,"system":"s","stop_sequences":["a"],"messages":[{"role":"user","content":[{"type":"image","source":{"type":"url","url":"http://a/b"}}]}]}""");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("\"stop_sequences: is too much; messages[0].content[0]: is an image\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat@v2", "v2", "")]
    [InlineData("chat:tuned", "v2", "tuned")]
    public async Task Model_MayBeAReference_AndIsAnsweredAsItWasWritten(string model, string version, string adapter)
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model(), FakeCatalog.Model(version: "v2") with { Adapters = ["tuned"] }), [], registry);

        using var response = await gateway.MessagesAsync(Body().Replace("chat", model, StringComparison.Ordinal));

        Assert.Contains($"\"model\":\"{model}\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var request = Assert.Single(registry.Calls).Request;
        Assert.Equal(("chat", version, adapter, true), (request.Model, request.Version, request.Adapter, request.Lenient));
    }

    [Fact]
    public async Task CountTokens_IsAnErrorThatSaysWhy()
    {
        await using var gateway = await TestGateway.StartAsync();

        using var response = await gateway.Client.PostAsync("/v1/messages/count_tokens", new StringContent(Body()));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.StartsWith(
            """{"type":"error","error":{"type":"not_found_error","message":"Tokens cannot be counted here""", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static string Header(HttpResponseMessage response, string header) => response.Headers.GetValues(header).Single();
}
