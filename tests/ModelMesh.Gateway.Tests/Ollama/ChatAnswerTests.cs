using System.Net;
using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Ollama;

public sealed class ChatAnswerTests
{
    private const string Hello = """{"model":"chat","messages":[{"role":"user","content":"hi"}]}""";
    private const string HelloWhole = """{"model":"chat","messages":[{"role":"user","content":"hi"}],"stream":false}""";
    private const string Numbers = "\"total_duration\":0,\"load_duration\":0,\"prompt_eval_count\":3,\"prompt_eval_duration\":0,\"eval_count\":2,\"eval_duration\":0";

    [Fact]
    public async Task Chat_NotToldHow_StreamsTheseLinesAndNoOthers()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);
        using var response = await gateway.OllamaAsync("/api/chat", Hello);

        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("v1", response.Headers.GetValues("x-modelmesh-version").Single());
        Assert.Equal(
            "{\"model\":\"chat\",\"created_at\":\"T\",\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"},\"done\":false}\n" +
            "{\"model\":\"chat\",\"created_at\":\"T\",\"message\":{\"role\":\"assistant\",\"content\":\" world\"},\"done\":false}\n" +
            "{\"model\":\"chat\",\"created_at\":\"T\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\"," + Numbers + "}\n",
            OllamaCalls.Timeless(await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Chat_StreamFalse_IsOneObject()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);
        using var response = await gateway.OllamaAsync("/api/chat", HelloWhole);

        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            "{\"model\":\"chat\",\"created_at\":\"T\",\"message\":{\"role\":\"assistant\",\"content\":\"Hello world\"},\"done\":true,\"done_reason\":\"stop\"," + Numbers + "}",
            OllamaCalls.Timeless(await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Generate_TwoTokens_HaveResponseInThePlaceOfAMessage()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);

        Assert.Equal(
            "{\"model\":\"chat\",\"created_at\":\"T\",\"response\":\"Hello\",\"done\":false}\n" +
            "{\"model\":\"chat\",\"created_at\":\"T\",\"response\":\" world\",\"done\":false}\n" +
            "{\"model\":\"chat\",\"created_at\":\"T\",\"response\":\"\",\"done\":true,\"done_reason\":\"stop\"," + Numbers + "}\n",
            await gateway.AnswerAsync("/api/generate", """{"model":"chat","prompt":"hi"}"""));
        Assert.Equal(
            "{\"model\":\"chat\",\"created_at\":\"T\",\"response\":\"Hello world\",\"done\":true,\"done_reason\":\"stop\"," + Numbers + "}",
            await gateway.AnswerAsync("/api/generate", """{"model":"chat","prompt":"hi","stream":false}"""));
    }

    [Theory]
    [InlineData("/api/chat", Hello)]
    [InlineData("/api/generate", """{"model":"chat","prompt":"hi"}""")]
    public async Task Stream_NoTokens_IsTheLastLineAlone(string path, string body)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = call => call.AnswerAsync();
        await using var gateway = await TestGateway.StartAsync(registry);

        var line = Assert.Single((await gateway.AnswerAsync(path, body)).TrimEnd('\n').Split('\n'));

        Assert.Contains("\"done\":true", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stop", "stop")]
    [InlineData("length", "length")]
    [InlineData("tool_calls", "stop")]
    [InlineData("content_filter", "content_filter")]
    [InlineData("", "stop")]
    [InlineData("repetition", "repetition")]
    public async Task DoneReason_IsOllamasWord_WhereItHasOne(string finish, string done)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.CompleteAsync(new Completed { FinishReason = finish });
        };
        await using var gateway = await TestGateway.StartAsync(registry);

        foreach (var body in new[] { Hello, HelloWhole })
        {
            using var json = JsonDocument.Parse(await gateway.AnswerAsync("/api/chat", body));
            Assert.Equal(done, json.RootElement.GetProperty("done_reason").GetString());
        }
    }

    // An hour of the backend's is more than there was; what is left of the time is the mesh's own then: nothing.
    [Theory]
    [InlineData(3_600_000_000, true)]
    [InlineData(0, false)]
    public async Task Durations_AddUp_WithTheBackendsWaitAmongThem(long backendUs, bool allIsTheBackends)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.SendAsync(new Deltas { Items = { new Delta { Text = "hi" } }, BackendWaitUs = backendUs });
            await call.CompleteAsync();
        };
        await using var gateway = await TestGateway.StartAsync(registry);

        foreach (var body in new[] { Hello, HelloWhole })
        {
            using var response = await gateway.OllamaAsync("/api/chat", body);
            using var json = JsonDocument.Parse((await response.Content.ReadAsStringAsync()).TrimEnd('\n').Split('\n')[^1]);
            long Duration(string name) => json.RootElement.GetProperty($"{name}_duration").GetInt64();
            Assert.Equal(allIsTheBackends, Duration("load") == 0);
            Assert.Equal(allIsTheBackends, Duration("prompt_eval") > 0);
            Assert.Equal(Duration("total"), Duration("load") + Duration("prompt_eval") + Duration("eval"));
            Assert.InRange(Duration("total"), 1, 30_000_000_000);
        }
    }

    [Fact]
    public async Task Model_InTheAnswer_IsTheTextOfTheClient()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model("模型 \"x\"")), [], registry);
        var body = JsonSerializer.Serialize(new { model = "模型 \"x\"@v1", messages = new[] { new { role = "user", content = "hi" } } });

        foreach (var line in (await gateway.AnswerAsync("/api/chat", body)).TrimEnd('\n').Split('\n'))
        {
            using var json = JsonDocument.Parse(line);
            Assert.Equal("模型 \"x\"@v1", json.RootElement.GetProperty("model").GetString());
        }
    }

    [Theory]
    [InlineData("chat:latest", "")]
    [InlineData("chat:law", "law")]
    [InlineData("chat:law:latest", "law")]
    [InlineData("chat@v1:latest", "")]
    [InlineData("tagged:latest", "latest")]
    public async Task Model_WithTheTagThatClientsAdd_IsTheModel_UnlessSomethingHasThatName(string name, string adapter)
    {
        await using var registry = await FakeRegistry.StartAsync();
        var models = new FakeCatalog(FakeCatalog.Model() with { Adapters = ["law"] }, FakeCatalog.Model("tagged") with { Adapters = ["latest"] });
        await using var gateway = await TestGateway.StartAsync(models, [], registry);

        using var response = await gateway.OllamaAsync("/api/chat", Hello.Replace("\"chat\"", $"\"{name}\"", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(adapter, Assert.Single(registry.Calls).Request.Adapter);
    }

    [Theory]
    [InlineData("/api/chat", """{"model":"chat"}""", "load")]
    [InlineData("/api/chat", """{"model":"chat:latest","messages":[],"keep_alive":0}""", "unload")]
    [InlineData("/api/generate", """{"model":"chat","prompt":""}""", "load")]
    [InlineData("/api/generate", """{"model":"chat","keep_alive":"0"}""", "unload")]
    public async Task Request_ThatSaysNothing_AnswersThatTheModelIsThere_WithoutAskingIt(string path, string body, string reason)
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);

        var answer = await gateway.AnswerAsync(path, body);

        Assert.EndsWith($"\"done\":true,\"done_reason\":\"{reason}\"}}", answer, StringComparison.Ordinal);
        Assert.Empty(registry.Calls);
        using var unknown = await gateway.OllamaAsync(path, body.Replace("chat", "nope", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }
}
