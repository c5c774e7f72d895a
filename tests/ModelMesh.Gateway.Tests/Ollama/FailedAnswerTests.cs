using System.Net;
using System.Text.Json;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Ollama;

public sealed class FailedAnswerTests
{
    private const string Hello = """{"model":"chat","messages":[{"role":"user","content":"hi"}]}""";
    private const string HelloWhole = """{"model":"chat","messages":[{"role":"user","content":"hi"}],"stream":false}""";

    [Theory]
    [InlineData(Hello)]
    [InlineData(HelloWhole)]
    public async Task Failure_BeforeTheFirstToken_IsAnHttpErrorInOllamasShape(string body)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = _ => throw GrpcErrors.ToRpcException(new MeshException(ErrorCode.CapacityExceeded, "full") { RetryAfter = TimeSpan.FromSeconds(2) });
        await using var gateway = await TestGateway.StartAsync(registry);

        using var response = await gateway.OllamaAsync("/api/chat", body);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("2", response.Headers.GetValues("Retry-After").Single());
        Assert.Equal("""{"error":"full","code":"capacity_exceeded"}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Failure_InMidStream_IsALineWithError_AndNothingIsDone()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("one");
            throw GrpcErrors.ToRpcException(new MeshException(ErrorCode.BackendError, "it \"broke\""));
        };
        await using var gateway = await TestGateway.StartAsync(registry);

        var lines = (await gateway.AnswerAsync("/api/chat", Hello)).Split('\n');
        using var whole = await gateway.OllamaAsync("/api/chat", HelloWhole);

        Assert.Equal(3, lines.Length);
        Assert.Equal("""{"error":"it \"broke\"","code":"backend_error"}""", lines[1]);
        Assert.Empty(lines[2]);
        Assert.Equal(HttpStatusCode.BadGateway, whole.StatusCode);
    }

    [Fact]
    public async Task Stream_ThatEndsWithoutBeingComplete_EndsWithError()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("one");
        };
        await using var gateway = await TestGateway.StartAsync(registry);

        var answer = await gateway.AnswerAsync("/api/generate", """{"model":"chat","prompt":"hi"}""");

        Assert.DoesNotContain("\"done\":true", answer, StringComparison.Ordinal);
        using var last = JsonDocument.Parse(answer.TrimEnd('\n').Split('\n')[^1]);
        Assert.NotEmpty(last.RootElement.GetProperty("error").GetString()!);
    }

    // Clients read each line as JSON, so an empty one would be an error to some: white space before a line is none to any.
    [Fact]
    public async Task IdleStream_IsKeptAlive_ByWhiteSpaceBeforeTheNextLine()
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
        using var response = await gateway.OllamaAsync("/api/chat", Hello);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        using var first = JsonDocument.Parse((await reader.ReadLineAsync())!);
        var spaces = new char[2];
        await reader.ReadBlockAsync(spaces);
        go.SetResult();

        var rest = await reader.ReadToEndAsync();

        Assert.Equal("  ", new string(spaces));
        using var last = JsonDocument.Parse("  " + Assert.Single(rest.TrimEnd('\n').Split('\n')));
        Assert.True(last.RootElement.GetProperty("done").GetBoolean());
    }

    [Fact]
    public async Task ClientGone_InMidStream_CancelsTheCall()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("one");
            await call.HangAsync();
        };
        await using var gateway = await TestGateway.StartAsync(registry);
        using (var response = await gateway.OllamaAsync("/api/chat", Hello))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            await reader.ReadLineAsync();
        }

        await Eventually.HoldsAsync(() => registry.Calls.Single().CancelledAt > 0, "the call was cancelled");
    }

    [Theory]
    [InlineData("/api/pull", "POST")]
    [InlineData("/api/push", "POST")]
    [InlineData("/api/create", "POST")]
    [InlineData("/api/copy", "POST")]
    [InlineData("/api/delete", "DELETE")]
    [InlineData("/api/blobs/sha256:00", "HEAD")]
    [InlineData("/api/blobs/sha256:00", "POST")]
    public async Task Endpoint_ThatChangesModels_SaysWhereThatIsDone(string path, string method)
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await TestGateway.StartAsync(registry);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await gateway.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        if (method != "HEAD")
        {
            using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            Assert.StartsWith($"{path} is not here", json.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
        }
    }
}
