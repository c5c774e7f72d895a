using System.Net;
using System.Text;
using Grpc.Core;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Queue;

public sealed class QueueNoticeTests
{
    private const string AtOnce = "--Answers:QueueNotice=00:00:00";
    private const string Accepted = ": accepted model=chat version=v1 revision=1 instance=registry-1";

    [Theory]
    [InlineData("/infer", """{"model":"chat","input":"hi"}""", "event: done")]
    [InlineData("/v1/chat/completions", """{"model":"chat","stream":true,"messages":[{"role":"user","content":"hi"}]}""", "data: [DONE]")]
    [InlineData("/v1/completions", """{"model":"chat","stream":true,"prompt":"hi"}""", "data: [DONE]")]
    [InlineData("/v1/responses", """{"model":"chat","stream":true,"input":"hi"}""", "event: response.completed")]
    [InlineData("/v1/messages", """{"model":"chat","stream":true,"max_tokens":5,"messages":[{"role":"user","content":"hi"}]}""", "event: message_stop")]
    public async Task Stream_WaitsForASlot_ItsClientIsToldItsPlaceWheneverItChangesAndThenTheWholeAnswer(string path, string body, string last)
    {
        await using var registry = await FakeRegistry.StartAsync();
        var moved = new TaskCompletionSource();
        var admitted = new TaskCompletionSource();
        registry.Behave = async call =>
        {
            await call.QueuedAsync(3, 1200);
            await moved.Task;
            await call.QueuedAsync(1);
            await admitted.Task;
            await call.AnswerAsync("Hello", " world");
        };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), [AtOnce], registry);

        using var response = await PostAsync(gateway, path, body);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());

        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.False(response.Headers.Contains("x-modelmesh-version"), "nobody knows yet who will serve it");
        Assert.True(response.Headers.Contains("x-request-id"));
        Assert.Equal(": queued position=3 expected_wait_ms=1200", await NextAsync(lines));
        moved.SetResult();
        Assert.Equal(": queued position=1", await NextAsync(lines));
        admitted.SetResult();
        var rest = await lines.ReadToEndAsync();
        Assert.Contains(Accepted + "\n\n", rest, StringComparison.Ordinal);
        Assert.Contains("Hello", rest, StringComparison.Ordinal);
        Assert.Contains(last, rest, StringComparison.Ordinal);
        Assert.True(rest.IndexOf(Accepted, StringComparison.Ordinal) < rest.IndexOf("Hello", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/infer", """{"model":"chat","input":"hi"}""", "event: error\ndata: {\"error\":{\"code\":\"capacity_exceeded\"")]
    [InlineData("/v1/chat/completions", """{"model":"chat","stream":true,"messages":[{"role":"user","content":"hi"}]}""", "data: {\"error\":")]
    [InlineData("/v1/responses", """{"model":"chat","stream":true,"input":"hi"}""", "event: response.failed")]
    [InlineData("/v1/messages", """{"model":"chat","stream":true,"max_tokens":5,"messages":[{"role":"user","content":"hi"}]}""", "event: error\ndata: {\"type\":\"error\"")]
    public async Task Stream_FailsAfterItsClientWasTold_EndsWithTheApisErrorEvent(string path, string body, string error)
    {
        await using var registry = await FakeRegistry.StartAsync();
        var told = new TaskCompletionSource();
        registry.Behave = async call =>
        {
            await call.QueuedAsync(2);
            await told.Task;
            throw Full("waited too long");
        };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), [AtOnce], registry);

        using var response = await PostAsync(gateway, path, body);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal(": queued position=2", await NextAsync(lines));
        told.SetResult();
        var rest = await lines.ReadToEndAsync();

        Assert.Contains(error, rest, StringComparison.Ordinal);
        Assert.Contains("waited too long", rest, StringComparison.Ordinal);
        Assert.DoesNotContain(": accepted", rest, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_LosesItsSlotBeforeItsFirstTokenAndGetsAnother_ItsClientIsToldItsPlaceAndOnlyWhoServedIt()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var told = new TaskCompletionSource();
        registry.Behave = async call =>
        {
            await call.AcceptAsync(revision: 1);
            await call.QueuedAsync(1);
            await told.Task;
            await call.AcceptAsync(revision: 2);
            await call.TokensAsync("Hello");
            await call.CompleteAsync(1);
        };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), [AtOnce], registry);

        using var response = await PostAsync(gateway, "/infer", """{"model":"chat","input":"hi"}""");
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal(": queued position=1", await NextAsync(lines));
        told.SetResult();
        var rest = await lines.ReadToEndAsync();

        Assert.Contains(": accepted model=chat version=v1 revision=2 instance=registry-1\n\n", rest, StringComparison.Ordinal);
        Assert.DoesNotContain("revision=1 ", rest, StringComparison.Ordinal);
        Assert.Contains("Hello", rest, StringComparison.Ordinal);
        Assert.Contains("event: done", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_FailsBeforeItsClientIsTold_IsAPlainErrorWithRetryAfter()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.QueuedAsync(2);
            throw Full("full");
        };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), ["--Answers:QueueNotice=01:00:00"], registry);

        using var response = await gateway.InferAsync();

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(9)), (response.StatusCode, response.Headers.RetryAfter!.Delta));
    }

    [Fact]
    public async Task Stream_AdmittedBeforeItsClientIsTold_HasItsHeadersAndNoComment()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.QueuedAsync(1);
            await call.AnswerAsync("Hello");
        };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), ["--Answers:QueueNotice=01:00:00"], registry);

        using var response = await gateway.InferAsync();

        Assert.Equal("v1", response.Headers.GetValues("x-modelmesh-version").Single());
        Assert.DoesNotContain("\n:", "\n" + await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_NothingChanges_ThePlaceIsToldAgainToKeepTheConnectionAliveUntilThereIsASlot()
    {
        await using var registry = await FakeRegistry.StartAsync();
        var admitted = new TaskCompletionSource();
        var answers = new TaskCompletionSource();
        registry.Behave = async call =>
        {
            await call.QueuedAsync(4);
            await admitted.Task;
            await call.AcceptAsync();
            await answers.Task;
            await call.TokensAsync("Hello");
            await call.CompleteAsync(1);
        };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), [AtOnce, "--Answers:KeepAlive=00:00:00.1"], registry);

        using var response = await gateway.InferAsync();
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal(": queued position=4", await NextAsync(lines));
        Assert.Equal(": queued position=4", await NextAsync(lines));
        admitted.SetResult();
        string line;
        do
        {
            line = await NextAsync(lines);
        }
        while (line == ": queued position=4");

        Assert.Equal(": keep-alive", line);
        Assert.Equal(": keep-alive", await NextAsync(lines));
        answers.SetResult();
        Assert.Contains("event: done", await lines.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_ItsRegistryStopsWhileItWaits_IsServedByAnotherWithinTheSameResponse()
    {
        await using var one = await FakeRegistry.StartAsync("one");
        await using var two = await FakeRegistry.StartAsync("two");
        var told = new TaskCompletionSource();
        var calls = 0;
        one.Behave = two.Behave = async call =>
        {
            if (Interlocked.Increment(ref calls) > 1)
            {
                await call.AnswerAsync("Hello");
                return;
            }

            await call.QueuedAsync(1);
            await told.Task;
            throw GrpcErrors.ToRpcException(new MeshException(ErrorCode.BackendUnavailable, "The registry is stopping.") { RetryElsewhere = true });
        };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), [AtOnce], one, two);

        using var response = await gateway.InferAsync();
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal(": queued position=1", await NextAsync(lines));
        told.SetResult();

        Assert.Contains("event: done", await lines.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Client_GoesWhileItWaits_ItsCallIsCancelled()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.QueuedAsync(1);
            await call.HangAsync();
        };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), ["--Answers:QueueNotice=01:00:00"], registry);
        using var goes = new CancellationTokenSource();

        var answer = gateway.InferAsync(cancellationToken: goes.Token);
        await Eventually.HoldsAsync(() => !registry.Calls.IsEmpty, "the call is there");
        await goes.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await Eventually.HoldsAsync(() => registry.Calls.Single().CancelledAt != 0, "the call is cancelled");
    }

    [Theory]
    [InlineData("/api/chat", """{"model":"chat","messages":[{"role":"user","content":"hi"}]}""", "application/x-ndjson")]
    [InlineData("/v1/chat/completions", """{"model":"chat","messages":[{"role":"user","content":"hi"}]}""", "application/json")]
    public async Task AnswerWithoutComments_WaitsForASlot_ComesAsEver(string path, string body, string type)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.QueuedAsync(1);
            await call.AnswerAsync("Hello");
        };
        await using var gateway = await TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()), [AtOnce], registry);

        using var response = await PostAsync(gateway, path, body);
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal((HttpStatusCode.OK, type, "v1"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType, response.Headers.GetValues("x-modelmesh-version").Single()));
        Assert.StartsWith("{", text, StringComparison.Ordinal);
        Assert.DoesNotContain("queued position", text, StringComparison.Ordinal);
    }

    private static RpcException Full(string message) =>
        GrpcErrors.ToRpcException(new MeshException(ErrorCode.CapacityExceeded, message) { RetryAfter = TimeSpan.FromSeconds(9) });

    private static Task<HttpResponseMessage> PostAsync(TestGateway gateway, string path, string body) => gateway.Client.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") }, HttpCompletionOption.ResponseHeadersRead);

    // Comments come with an empty line each.
    private static async Task<string> NextAsync(StreamReader lines)
    {
        var line = await lines.ReadLineAsync();
        Assert.Equal("", await lines.ReadLineAsync());
        return line!;
    }
}
