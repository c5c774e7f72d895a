using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.RateLimits;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.Gateway.Tests.OpenAI;

namespace ModelMesh.Gateway.Tests.RateLimits;

public sealed class RateLimitTests
{
    private const string Infer = """{"model":"chat","input":"12345678","max_tokens":20}""";

    [Fact]
    public async Task Request_OverALimit_IsRefusedBeforeAnythingIsAskedAndSaysWhen()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await StartAsync(registry, new RateLimit { Name = "two", RequestsPerMinute = 2 });

        using var first = await gateway.InferAsync(Infer);
        await first.Content.ReadAsStringAsync();
        Assert.Equal(["2", "1", "30s"], Headers(first, "x-ratelimit-limit-requests", "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"));
        Assert.Equal("", Header(first, "x-ratelimit-limit-tokens"));
        using var second = await gateway.InferAsync(Infer);
        await second.Content.ReadAsStringAsync();
        using var third = await gateway.InferAsync(Infer);
        using var error = JsonDocument.Parse(await third.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.Equal(("rate_limited", 30_000), (error.RootElement.GetProperty("error").GetProperty("code").GetString(), error.RootElement.GetProperty("error").GetProperty("retry_after_ms").GetInt32()));
        Assert.Contains("'two'", error.RootElement.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(["30", "2", "0", "1m0s"], Headers(third, "Retry-After", "x-ratelimit-limit-requests", "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"));
        Assert.Equal(2, registry.Calls.Count);
    }

    [Fact]
    public async Task Request_WhereNoLimitCounts_AsksNobody()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await StartAsync(registry, new RateLimit { Name = "other", Model = "other", RequestsPerMinute = 1 });

        using var response = await gateway.InferAsync();
        await response.Content.ReadAsStringAsync();

        Assert.Equal((0, ""), (gateway.RateLimiter.Takes, Header(response, "x-ratelimit-limit-requests")));
    }

    [Theory]
    [InlineData("", "x-ratelimit-remaining-tokens", "78")]
    [InlineData("2023-06-01", "anthropic-ratelimit-tokens-remaining", "78")]
    public async Task Answer_UnderALimitOfTokens_HasAnEstimateSetApartAndTheRestGivenBack(string anthropic, string header, string remaining)
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await StartAsync(registry, new RateLimit { Name = "tokens", TokensPerMinute = 100 });
        if (anthropic.Length > 0)
        {
            gateway.Client.DefaultRequestHeaders.Add("anthropic-version", anthropic);
        }

        using var response = await gateway.InferAsync(Infer);
        await response.Content.ReadAsStringAsync();

        // Two of the prompt and twenty of the answer were set apart; the registry counted three and two.
        Assert.Equal(remaining, Header(response, header));
        await Eventually.HoldsAsync(() => gateway.RateLimiter.Left("tokens", BucketKind.Tokens) == 95, "what was used is counted");
    }

    [Theory]
    [InlineData("stream", 2 + 2)]
    [InlineData("whole", 2 + 2)]
    public async Task Answer_ThatIsCut_CountsWhatCame(string kind, int used)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("a", "b");
            throw GrpcErrors.ToRpcException(new MeshException(ErrorCode.BackendError));
        };
        await using var gateway = await StartAsync(registry, new RateLimit { Name = "tokens", TokensPerMinute = 100 });

        using var response = await gateway.PostAsync(kind == "stream" ? "/infer" : "/v1/infer", Infer);
        Assert.Contains("backend_error", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await Eventually.HoldsAsync(() => gateway.RateLimiter.Left("tokens", BucketKind.Tokens) == 100 - used, "what came is counted");
    }

    [Fact]
    public async Task WholeAnswer_OfASecondAttempt_CountsOnce()
    {
        await using var registry = await FakeRegistry.StartAsync("registry-1");
        await using var other = await FakeRegistry.StartAsync("registry-2");
        var attempts = 0;
        registry.Behave = other.Behave = async call =>
        {
            if (Interlocked.Increment(ref attempts) > 1)
            {
                await call.AnswerAsync("a", "b");
                return;
            }

            await call.AcceptAsync();
            await call.TokensAsync("a", "b", "c", "d");
            throw GrpcErrors.ToRpcException(new MeshException(ErrorCode.BackendUnavailable) { RetryElsewhere = true });
        };
        await using var gateway = await TestGateway.StartAsync(
            new FakeCatalog(FakeCatalog.Model()).With(new RateLimit { Name = "tokens", RequestsPerMinute = 10, TokensPerMinute = 100 }), [], registry, other);

        using var response = await gateway.PostAsync("/v1/infer", Infer);

        Assert.Equal((HttpStatusCode.OK, 2), (response.StatusCode, attempts));
        Assert.Equal((9, 95), (gateway.RateLimiter.Left("tokens", BucketKind.Requests), gateway.RateLimiter.Left("tokens", BucketKind.Tokens)));
    }

    [Fact]
    public async Task Refusal_IsCountedByLimitAndKind()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await StartAsync(registry, new RateLimit { Name = "one", RequestsPerMinute = 1 });
        var refusals = new ConcurrentQueue<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "modelmesh.gateway.rate_limit.refusals" && ReferenceEquals(instrument.Meter.Scope, gateway.Services.GetRequiredService<IMeterFactory>()))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) => refusals.Enqueue($"{count} {tags[0].Value} {tags[1].Value}"));
        listener.Start();

        await gateway.TextAsync("/infer", Infer);
        await gateway.TextAsync("/infer", Infer);

        Assert.Equal(["1 one requests"], refusals);
    }

    [Fact]
    public async Task Answer_WhoseClientGoes_CountsWhatWasSent()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = async call =>
        {
            await call.AcceptAsync();
            await call.TokensAsync("a", "b", "c");
            await call.HangAsync();
        };
        await using var gateway = await StartAsync(registry, new RateLimit { Name = "tokens", TokensPerMinute = 100 });

        using (var response = await gateway.InferAsync(Infer))
        {
            await (await response.Content.ReadAsStreamAsync()).ReadExactlyAsync(new byte[20]);
        }

        await Eventually.HoldsAsync(() => gateway.RateLimiter.Left("tokens", BucketKind.Tokens) == 100 - 2 - 3, "what was sent is counted");
    }

    [Fact]
    public async Task Request_ThatFailsBeforeItsFirstToken_CountsAsARequestAndTakesNoTokens()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = _ => throw GrpcErrors.ToRpcException(new MeshException(ErrorCode.CapacityExceeded) { RetryAfter = TimeSpan.FromSeconds(1) });
        await using var gateway = await StartAsync(registry, new RateLimit { Name = "both", RequestsPerMinute = 10, TokensPerMinute = 100 });

        using var response = await gateway.InferAsync(Infer);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(["9", "78"], Headers(response, "x-ratelimit-remaining-requests", "x-ratelimit-remaining-tokens"));
        Assert.Equal((9, 100), (gateway.RateLimiter.Left("both", BucketKind.Requests), gateway.RateLimiter.Left("both", BucketKind.Tokens)));
    }

    [Theory]
    [InlineData("/embed")]
    [InlineData("/v1/embeddings")]
    [InlineData("/api/embed")]
    public async Task Embeddings_UnderALimit_CountAndAreRefusedAsAnswersAre(string path)
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Embed = request => new EmbedResponse
        {
            Accepted = new Accepted { Model = request.Model, Version = request.Version, Instance = "registry-1" },
            Usage = new Usage { InputTokens = 7, TotalTokens = 7 },
            Embeddings = { new Embedding { Values = { 1 } } },
        };
        await using var gateway = await StartAsync(registry, new RateLimit { Name = "one", RequestsPerMinute = 1, TokensPerMinute = 100 });

        using var first = await gateway.PostAsync(path, """{"model":"chat","input":"12345678"}""");
        using var second = await gateway.PostAsync(path, """{"model":"chat","input":"12345678"}""");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests), (first.StatusCode, second.StatusCode));
        Assert.Equal(["0", "98"], Headers(first, "x-ratelimit-remaining-requests", "x-ratelimit-remaining-tokens"));
        Assert.Equal(93, gateway.RateLimiter.Left("one", BucketKind.Tokens));
        Assert.Single(registry.EmbedCalls);
    }

    [Fact]
    public async Task Batch_UnderALimit_CountsEachOfItsRequests()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await StartAsync(registry, new RateLimit { Name = "two", RequestsPerMinute = 2 });

        using var body = JsonDocument.Parse(await gateway.TextAsync("/v1/batch_infer", $"[{Infer},{Infer},{Infer}]"));

        var refused = Assert.Single(body.RootElement.EnumerateArray(), result => result.TryGetProperty("error", out _));
        Assert.Equal("rate_limited", refused.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(2, registry.Calls.Count);
    }

    [Fact]
    public async Task Completion_OfSeveralPrompts_TakesNothingMoreOnceOneHasFailed()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Behave = _ => throw GrpcErrors.ToRpcException(new MeshException(ErrorCode.BackendError));
        await using var gateway = await StartAsync(registry, new RateLimit { Name = "ten", RequestsPerMinute = 10 }, "--Service:BatchParallelism=1");

        using var response = await gateway.PostAsync("/v1/completions", """{"model":"chat","prompt":["a","b","c"]}""");

        Assert.Equal((HttpStatusCode.BadGateway, 9), (response.StatusCode, gateway.RateLimiter.Left("ten", BucketKind.Requests)));
        Assert.Equal("1", Header(response, "x-modelmesh-attempts"));
    }

    [Theory]
    [InlineData("Refuse", HttpStatusCode.ServiceUnavailable)]
    [InlineData("Allow", HttpStatusCode.OK)]
    public async Task Request_UnderALimitThatCannotBeAsked_IsTreatedAsTheOptionSays(string option, HttpStatusCode status)
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var gateway = await StartAsync(registry, new RateLimit { Name = "two", RequestsPerMinute = 2 }, $"--RateLimits:WhenStoreIsAway={option}");
        gateway.RateLimiter.StoreIsAway = true;

        using var response = await gateway.InferAsync(Infer);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("", Header(response, "x-ratelimit-limit-requests"));
    }

    private static Task<TestGateway> StartAsync(FakeRegistry registry, RateLimit limit, params string[] args) =>
        TestGateway.StartAsync(new FakeCatalog(FakeCatalog.Model()).With(limit), args, registry);

    private static string[] Headers(HttpResponseMessage response, params string[] names) => [.. names.Select(name => Header(response, name))];

    private static string Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.Single() : "";
}
