using System.Net;
using System.Text;
using Grpc.Core;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.OpenAI.Responses;

public sealed class FailedResponseTests
{
    [Theory]
    [InlineData(ResponsesGateway.Streamed)]
    [InlineData(ResponsesGateway.Whole)]
    public async Task ErrorBeforeTheFirstToken_IsAStatusWithOpenAIsBody(string body)
    {
        await using var gateway = await ResponsesGateway.StartAsync(_ => throw Busy());

        using var response = await gateway.SendAsync(body);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("2", response.Headers.GetValues("Retry-After").Single());
        Assert.Equal(
            """{"error":{"message":"All slots are taken.","type":"rate_limit_error","param":null,"code":"capacity_exceeded","retry_after_ms":2000}}""",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task ErrorInMidStream_IsTheEventErrorAndThenAFailedResponse_AndNothingAfterThem()
    {
        await using var gateway = await ResponsesGateway.StartAsync(async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("Hel");
            throw Busy();
        });

        var events = (await gateway.AnswerAsync(ResponsesGateway.Streamed)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(
            "event: error\ndata: {\"type\":\"error\",\"code\":\"capacity_exceeded\",\"message\":\"All slots are taken.\",\"param\":null,"
            + "\"error\":{\"type\":\"rate_limit_error\",\"code\":\"capacity_exceeded\",\"message\":\"All slots are taken.\",\"param\":null},\"sequence_number\":5}",
            events[5]);
        Assert.StartsWith(
            "event: response.failed\ndata: {\"type\":\"response.failed\",\"response\":{\"id\":\"resp_r1\",\"object\":\"response\",\"created_at\":1,\"status\":\"failed\","
            + "\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"All slots are taken.\"},\"incomplete_details\":null,\"output\":["
            + "{\"id\":\"msg_r1_0\",\"type\":\"message\",\"status\":\"incomplete\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":\"Hel\"}]}],\"usage\":null,",
            events[6],
            StringComparison.Ordinal);
        Assert.EndsWith(",\"sequence_number\":6}", events[6], StringComparison.Ordinal);
        Assert.Equal(7, events.Length);
    }

    [Theory]
    [InlineData(ErrorCode.InvalidRequest, "invalid_prompt")]
    [InlineData(ErrorCode.RateLimited, "rate_limit_exceeded")]
    [InlineData(ErrorCode.BackendError, "server_error")]
    [InlineData(ErrorCode.Timeout, "server_error")]
    public async Task ErrorInMidStream_HasOneOfOpenAIsCodes(ErrorCode code, string openAIs)
    {
        await using var gateway = await ResponsesGateway.StartAsync(async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("Hel");
            throw GrpcErrors.ToRpcException(new MeshException(code, "why"));
        });

        Assert.Contains($"\"status\":\"failed\",\"error\":{{\"code\":\"{openAIs}\",\"message\":\"why\"}}", await gateway.AnswerAsync(ResponsesGateway.Streamed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StreamThatEndsWithoutBeingComplete_HasFailed()
    {
        await using var gateway = await ResponsesGateway.StartAsync(async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("Hel");
        });

        var answer = await gateway.AnswerAsync(ResponsesGateway.Streamed);

        Assert.Contains("event: response.failed\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("event: response.completed", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("output_text.done", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WholeAnswerThatEndsWithoutBeingComplete_IsAnError()
    {
        await using var gateway = await ResponsesGateway.StartAsync(async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("Hel");
        });

        using var response = await gateway.SendAsync(ResponsesGateway.Whole);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("\"type\":\"server_error\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StreamedAnswer_LongerThanIsKept_Fails_AndSaysSo()
    {
        await using var gateway = await ResponsesGateway.StartAsync(async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync(new string('x', 1000), new string('y', 19), "z");
            await call.CompleteAsync();
        }, "--Answers:MaxWholeAnswer=1024");

        var answer = await gateway.AnswerAsync(ResponsesGateway.Streamed);

        Assert.Contains("\"code\":\"server_error\",\"message\":\"The answer is longer than 1024 bytes", answer, StringComparison.Ordinal);
        Assert.Contains("\"delta\":\"yyyy", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\"delta\":\"z", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StreamedAnswer_WhoseLogprobsAreMoreThanIsKept_Fails()
    {
        var told = new Delta { Text = "a", Logprobs = { new TokenLogprob { Token = new string('x', 600) } } };
        await using var gateway = await ResponsesGateway.StartAsync(async call =>
        {
            await call.AcceptAsync();
            await call.SendAsync(new Deltas { Items = { told, told } });
            await call.CompleteAsync();
        }, "--Answers:MaxWholeAnswer=1024");

        var answer = await gateway.AnswerAsync(ResponsesGateway.Streamed);

        Assert.Contains("event: response.failed\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("event: response.completed", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BadBody_IsRefused_EachFaultByItsPath()
    {
        await using var gateway = await ResponsesGateway.StartAsync();

        using var response = await gateway.SendAsync("""{"input":[{"role":"user"}],"tools":[{"type":"web_search"}]}""");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(
            """
            {"error":{"message":"tools[0].type: must be function: the mesh has no tools of its own, the application runs all of them; input[0].content: is required",
            "type":"invalid_request_error","param":"tools[0].type","code":"invalid_request","details":[
            {"field":"tools[0].type","message":"must be function: the mesh has no tools of its own, the application runs all of them"},{"field":"input[0].content","message":"is required"}]}}
            """.ReplaceLineEndings(""),
            await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("max_tokens", "max_output_tokens")]
    [InlineData("logprobs", "top_logprobs")]
    [InlineData("reasoning_effort", "reasoning.effort")]
    [InlineData("response_format.json_schema.schema", "text.format")]
    [InlineData("tools[1].function.parameters", "tools[1].parameters")]
    [InlineData("extra.a", "a")]
    [InlineData("temperature", "temperature")]
    [InlineData("messages[0].content", "instructions")]
    [InlineData("messages[1].content[1].image_url.detail", "input[0].content[1].detail")]
    [InlineData("messages[1].content[1]", "input[0].content[1]")]
    [InlineData("messages[2].tool_calls", "input[1]")]
    [InlineData("messages[3].role", "input[3]")]
    [InlineData("messages[4].role", "messages[4].role")]
    public async Task WhatARegistryRefuses_IsNamedAsTheClientWroteIt(string field, string named)
    {
        await using var gateway = await ResponsesGateway.StartAsync(_ => throw GrpcErrors.ToRpcException(MeshException.Invalid(field, "is not taken")));

        using var response = await gateway.SendAsync(
            """
            {"model":"chat","instructions":"i","input":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},
            {"type":"function_call","call_id":"c","name":"f"},{"type":"function_call_output","call_id":"c","output":"d"}]}
            """);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith($$$"""{"error":{"message":"{{{named}}}: is not taken","type":"invalid_request_error","param":"{{{named}}}",""", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"model":"nobody","input":"hi"}""", HttpStatusCode.NotFound, "model_not_found")]
    [InlineData("""{"model":"chat","input":""", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("[]", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("""{"model":"chat","input":"01234567890123456789012345678901234567890123456789012345678901234567890123456789"}""", HttpStatusCode.RequestEntityTooLarge, "payload_too_large")]
    public async Task Requests_ThatCannotBeServed_AreRefusedInOpenAIsShape(string body, HttpStatusCode status, string code)
    {
        await using var gateway = await ResponsesGateway.StartAsync(null, "--Limits:MaxBodyBytes=80");

        using var response = await gateway.SendAsync(body);

        Assert.Equal(status, response.StatusCode);
        Assert.Contains($"\"code\":\"{code}\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SilentStream_IsKeptAliveByComments()
    {
        await using var gateway = await ResponsesGateway.StartAsync(async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("Hel");
            await call.HangAsync();
        }, "--Answers:KeepAlive=00:00:00.1");
        using var response = await gateway.SendAsync(ResponsesGateway.Streamed);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(), Encoding.UTF8);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);

        string? line;
        while ((line = await lines.ReadLineAsync(deadline.Token)) != ": keep-alive")
        {
            Assert.NotNull(line);
        }

        Assert.Equal("", await lines.ReadLineAsync(deadline.Token));
    }

    [Theory]
    [InlineData(ResponsesGateway.Streamed)]
    [InlineData(ResponsesGateway.Whole)]
    public async Task ClientThatGoes_CancelsTheCall(string body)
    {
        await using var gateway = await ResponsesGateway.StartAsync(async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("Hel");
            await call.HangAsync();
        });
        using var raw = await RawHttp.ConnectAsync(gateway.Address);
        await raw.SendAsync($"POST /v1/responses HTTP/1.1\r\nHost: gateway\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        await Eventually.HoldsAsync(() => gateway.Registry.Calls.SingleOrDefault()?.Sent == 1, "the call is under way");

        raw.Dispose();

        await Eventually.HoldsAsync(() => gateway.Registry.Calls.Single().CancelledAt != 0, "the call was cancelled");
    }

    private static RpcException Busy() => GrpcErrors.ToRpcException(new MeshException(ErrorCode.CapacityExceeded, "All slots are taken.") { RetryAfter = TimeSpan.FromSeconds(2) });
}
