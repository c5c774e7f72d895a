using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Wire;

public sealed class AnswerTests
{
    [Fact]
    public async Task Infer_ATokenAsLongAsAPromptMayBe_ArrivesWhole()
    {
        var token = new string('x', 32 * 1024 * 1024);
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = call => call.AnswerAsync(token);
        await using var gateway = await TestGateway.StartAsync(registry);
        using var response = await gateway.InferAsync();

        var body = await response.Content.ReadAsStringAsync();
        Assert.StartsWith($$"""event: token{{'\n'}}data: {"token":"{{token}}"}""", body, StringComparison.Ordinal);
        Assert.Contains("event: done", body, StringComparison.Ordinal);
    }

    // Their reader makes the same deltas of all of them, so what one leaves behind must not show in the next.
    [Fact]
    public async Task Infer_TokensAsTextsAndAsItems_ArriveInOrderEachAsItIs()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.SendAsync(new Deltas { Texts = { "a", "b", "c" } });
            await call.SendAsync(new Deltas { Texts = { "d" } });
            await call.SendAsync(new Deltas { Items = { new Delta { Reasoning = "hm" }, new Delta { Text = "e" } } });
            await call.SendAsync(new Deltas { Texts = { "f", "g" } });
            await call.CompleteAsync();
        };
        await using var gateway = await TestGateway.StartAsync(registry);
        using var response = await gateway.InferAsync();

        var events = (await response.Content.ReadAsStringAsync()).Split("\n\n").Where(one => one.StartsWith("event: token", StringComparison.Ordinal)).Select(one => one.Split("data: ")[1]);
        Assert.True(Assert.Single(registry.Calls).Request.TakesTexts);
        Assert.Equal(
            [
                """{"token":"a"}""", """{"token":"b"}""", """{"token":"c"}""", """{"token":"d"}""", """{"token":"","reasoning":"hm"}""", """{"token":"e"}""", """{"token":"f"}""",
                """{"token":"g"}""",
            ],
            events);
    }

    [Theory]
    [InlineData("true", false)]
    [InlineData("false", true)]
    public async Task Chat_AsAStreamOrInOnePiece_TellsTheRegistryWhetherTheAnswerIsReadAsItComes(string stream, bool collects)
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);
        using var body = new StringContent($$"""{"model":"chat","messages":[{"role":"user","content":"hi"}],"stream":{{stream}}}""", Encoding.UTF8, "application/json");
        using var response = await gateway.Client.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), body);

        Assert.Contains("Hello", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(collects, Assert.Single(registry.Calls).Request.Collects);
    }

    [Fact]
    public async Task Infer_TwoTokens_AnswersTheseBytesAndNoOthers()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);
        using var raw = await RawHttp.ConnectAsync(gateway.Address);

        await raw.PostAsync("""{"model":"chat","version":"v1","input":"hello world"}""", "x-request-id: req-1\r\nConnection: close\r\n");
        var answer = await raw.ReadAsync();

        var (head, body) = (answer[..answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)], answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        Assert.Equal(
            "event: token\ndata: {\"token\":\"Hello\"}\n\n" +
            "event: token\ndata: {\"token\":\" world\"}\n\n" +
            "event: done\ndata: {\"finish_reason\":\"stop\",\"usage\":{\"input_tokens\":3,\"output_tokens\":2,\"total_tokens\":5},\"model\":\"chat\",\"version\":\"v1\",\"revision\":1}\n\n",
            RawHttp.Dechunk(body));
        var lines = head.Split("\r\n").Where(line => !line.StartsWith("Date:", StringComparison.Ordinal)).Order(StringComparer.OrdinalIgnoreCase).ToList();
        Assert.Matches(@"^x-modelmesh-overhead-ms: \d+\.\d{1,3}$", Assert.Single(lines, line => line.StartsWith("x-modelmesh-overhead-ms:", StringComparison.Ordinal)));
        Assert.Equal(
            [
                "Cache-Control: no-cache",
                "Connection: close",
                "Content-Type: text/event-stream; charset=utf-8",
                "HTTP/1.1 200 OK",
                "Server: Kestrel",
                "Transfer-Encoding: chunked",
                "X-Accel-Buffering: no",
                "x-modelmesh-attempts: 1",
                "x-modelmesh-instance: registry-1",
                "x-modelmesh-model: chat",
                "x-modelmesh-revision: 1",
                "x-modelmesh-version: v1",
                "x-request-id: req-1",
            ],
            lines.Where(line => !line.StartsWith("x-modelmesh-overhead-ms:", StringComparison.Ordinal)));
    }

    // An hour of the backend's leaves nothing for the mesh; nothing of the backend's leaves it all.
    [Theory]
    [InlineData(3_600_000_000, true)]
    [InlineData(0, false)]
    public async Task Overhead_IsWhatTheFirstTokenTookLessWhatTheBackendTookOfIt(long backendUs, bool isNothing)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.SendAsync(new Deltas { Items = { new Delta { Text = "hi" } }, BackendWaitUs = backendUs });
            await call.CompleteAsync();
        };
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await gateway.InferAsync();

        Assert.Equal(isNothing, double.Parse(response.Headers.GetValues("x-modelmesh-overhead-ms").Single(), CultureInfo.InvariantCulture) == 0);
    }

    [Fact]
    public async Task Infer_NoTokens_AnswersHeadersAndDone()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = call => call.AnswerAsync();
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await gateway.InferAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith("event: done\ndata: {", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_RequestReachesTheRegistry_AsItWasWritten()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await gateway.InferAsync(
            """{"model":"chat","messages":[{"role":"system","content":"be brief"},{"role":"user","content":"hé","name":"bo"}],"temperature":0.5,"stop":["a","b"],"max_tokens":7,"extra":{"k":[1]}}""");
        await response.Content.ReadAsStringAsync();

        var request = Assert.Single(registry.Calls).Request;
        Assert.Equal(["system:be brief:", "user:hé:bo"], request.Messages.Select(message => $"{message.Role}:{message.Content}:{message.Name}"));
        Assert.Equal("v1", request.Version);
        Assert.Equal(0.5, request.Options.Temperature);
        Assert.Equal(7, request.Options.MaxTokens);
        Assert.False(request.Options.HasTopK);
        Assert.Equal(["a", "b"], request.Options.Stop);
        Assert.Equal("""{"k":[1]}""", request.Options.ExtraJson);
        Assert.Equal(response.Headers.GetValues("x-request-id").Single(), request.RequestId);
    }

    [Fact]
    public async Task Infer_OneMegabytePrompt_ReachesTheRegistryWhole()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);
        var prompt = new string('x', 1024 * 1024);

        using var response = await gateway.InferAsync(JsonSerializer.Serialize(new { model = "chat", input = prompt }));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(prompt, Assert.Single(registry.Calls).Request.Messages[0].Content);
    }

    [Fact]
    public async Task Infer_NamesThatNoHeaderHolds_ArePercentEncoded()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model("org/模型 a:b@c%", "v 1")), [], registry);

        using var response = await gateway.InferAsync("""{"model":"org/模型 a:b@c%","input":"hi"}""");

        Assert.Equal("org/%E6%A8%A1%E5%9E%8B%20a:b@c%25", response.Headers.GetValues("x-modelmesh-model").Single());
        Assert.Equal("v%201", response.Headers.GetValues("x-modelmesh-version").Single());
        Assert.Contains(@"""model"":""org/\u6A21\u578B a:b@c%""", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("my-id_1.2:3", true)]
    [InlineData("has space", false)]
    [InlineData("a\tb", false)]
    public async Task RequestId_OfTheClient_IsKeptWhenItIsSane(string given, bool kept)
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nothing-here");
        request.Headers.TryAddWithoutValidation("x-request-id", given);

        using var response = await gateway.Client.SendAsync(request);

        var id = response.Headers.GetValues("x-request-id").Single();
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(kept, id == given);
        Assert.True(kept || id.Length == 32);
    }

    [Fact]
    public async Task Infer_TraceContext_ReachesTheRegistry()
    {
        // What an exporter does: without anybody listening no trace is made.
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "ModelMesh.Gateway" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.TraceId.ToString() == "0af7651916cd43dd8448eb211c80319c" ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
        };
        ActivitySource.AddActivityListener(listener);
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/infer") { Content = new StringContent("""{"model":"chat","input":"hi"}""") };
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        using var response = await gateway.Client.SendAsync(request);

        Assert.Contains("0af7651916cd43dd8448eb211c80319c", Assert.Single(registry.Calls).Headers.GetValue("traceparent"), StringComparison.Ordinal);
    }
}
