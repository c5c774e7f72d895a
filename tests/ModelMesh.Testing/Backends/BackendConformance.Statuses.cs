using System.Text;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using Xunit;

namespace ModelMesh.Testing.Backends;

/// <content>Answers with an error's status.</content>
public abstract partial class BackendConformance
{
    [Theory]
    [InlineData(302, BackendErrorKind.Upstream)]
    [InlineData(307, BackendErrorKind.Upstream)]
    [InlineData(400, BackendErrorKind.InvalidRequest)]
    [InlineData(401, BackendErrorKind.Unauthenticated)]
    [InlineData(403, BackendErrorKind.Unauthenticated)]
    [InlineData(408, BackendErrorKind.Timeout)]
    [InlineData(413, BackendErrorKind.InvalidRequest)]
    [InlineData(422, BackendErrorKind.InvalidRequest)]
    [InlineData(429, BackendErrorKind.RateLimited)]
    [InlineData(500, BackendErrorKind.Upstream)]
    [InlineData(501, BackendErrorKind.Upstream)]
    [InlineData(502, BackendErrorKind.Upstream)]
    [InlineData(503, BackendErrorKind.Unavailable)]
    [InlineData(504, BackendErrorKind.Timeout)]
    [InlineData(529, BackendErrorKind.Unavailable)]
    public async Task Status_OfAnError_FailsByItsKindAfterOneRequest(int status, BackendErrorKind kind)
    {
        var upstream = Upstream(Failing(status, Dialect.Error("something is off")));

        await FailsAsync(Create(upstream.Address), kind);

        Assert.Single(upstream.Requests, IsChat);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    [InlineData(422)]
    public async Task Status_OfARefusedRequest_TellsTheUpstreamsReasonWithoutTheKey(int status)
    {
        var failure = await FailsAsync(Create(Failing(status, Dialect.Error($"temperature must be below 2 (key {ApiKey})"))), BackendErrorKind.InvalidRequest);

        Assert.Contains("temperature must be below 2", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":{"message":"the reason","type":"t","code":null}}""")]
    [InlineData("""{"error":"the reason"}""")]
    [InlineData("""{"message":"the reason"}""")]
    [InlineData("""{"detail":"the reason"}""")]
    public async Task Status_OfARefusedRequestInAnyKnownBody_TellsTheReason(string body)
    {
        var failure = await FailsAsync(Create(Failing(400, body)), BackendErrorKind.InvalidRequest);

        Assert.Contains("the reason", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not JSON at all")]
    [InlineData("[1,2")]
    [InlineData("""{"error":null}""")]
    [InlineData("""{"error":{"message":42}}""")]
    [InlineData("null")]
    public async Task Status_OfARefusedRequestInAnUnknownBody_FailsAllTheSame(string body) =>
        await FailsAsync(Create(Failing(400, body)), BackendErrorKind.InvalidRequest);

    [Fact]
    public async Task Status_WithAVeryLongMessage_TellsABoundedPart()
    {
        var failure = await FailsAsync(Create(Failing(400, Dialect.Error("reason " + new string('y', 40_000)))), BackendErrorKind.InvalidRequest);

        Assert.InRange(failure.Message.Length, 1, 8192);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Status_OfRefusedCredentials_TellsNothingOfTheUpstreams(int status)
    {
        var failure = await FailsAsync(Create(Failing(status, Dialect.Error($"Incorrect API key provided: {ApiKey[..12]}. See the tenant's page."))), BackendErrorKind.Unauthenticated);

        Assert.DoesNotContain("tenant", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(ApiKey[..12], failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_OfAnUnknownModel_IsNotFound() =>
        await FailsAsync(Create(Failing(404, Dialect.Error("The model does not exist", "model_not_found"))), BackendErrorKind.NotFound);

    [SkippableFact]
    public async Task Status_400WithTheCodeOfAnUnknownModel_IsNotFound()
    {
        if (!Dialect.HasErrorCodes)
        {
            throw Inapplicable();
        }

        await FailsAsync(Create(Failing(400, Dialect.Error("no such model", "model_not_found"))), BackendErrorKind.NotFound);
    }

    [SkippableTheory]
    [InlineData("content_filter")]
    [InlineData("content_policy_violation")]
    public async Task Status_400OfAContentFilter_IsAnAnswerThatTheFilterEnded(string code)
    {
        if (!Dialect.HasErrorCodes)
        {
            throw Inapplicable();
        }

        var outcome = await ChatAsync(Create(Failing(400, Dialect.Error("The response was filtered", code))));

        Assert.Equal("", outcome.Text);
        Assert.Equal(ChatFinishReason.ContentFilter, outcome.FinishReason);
    }

    [SkippableFact]
    public async Task Status_400OfAContentFilterToARequestForSeveralAnswers_EndsEachOfThem()
    {
        if (!Dialect.HasErrorCodes || Lacks(ChatFeatures.Choices))
        {
            throw Inapplicable();
        }

        var outcome = await ChatAsync(Create(Failing(400, Dialect.Error("The response was filtered", "content_filter"))), new BackendCallOptions { Choices = 2 });

        Assert.Equal(new() { [0] = ChatFinishReason.ContentFilter, [1] = ChatFinishReason.ContentFilter }, outcome.FinishReasons);
    }

    [Theory]
    [InlineData(429, BackendErrorKind.RateLimited)]
    [InlineData(503, BackendErrorKind.Unavailable)]
    public async Task RetryAfter_InSecondsOrMillisecondsOrAsADate_IsPassedOn(int status, BackendErrorKind kind)
    {
        var body = Dialect.Error("slow down");
        var date = Clock.GetUtcNow().AddSeconds(30).ToString("R");

        Assert.Equal(TimeSpan.FromSeconds(7), (await FailsAsync(Create(Failing(status, body, "Retry-After: 7")), kind)).RetryAfter);
        Assert.Equal(TimeSpan.FromMilliseconds(1500), (await FailsAsync(Create(Failing(status, body, "retry-after-ms: 1500")), kind)).RetryAfter);
        Assert.InRange((await FailsAsync(Create(Failing(status, body, $"Retry-After: {date}")), kind)).RetryAfter!.Value.TotalSeconds, 28, 31);
        Assert.Null((await FailsAsync(Create(Failing(status, body)), kind)).RetryAfter);
        Assert.Null((await FailsAsync(Create(Failing(status, body, "Retry-After: soon")), kind)).RetryAfter);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(308)]
    public async Task Redirect_ToAnotherHost_IsNotFollowed(int status)
    {
        var elsewhere = Upstream(Streaming([Dialect.Text("Hello"), .. Dialect.Ending()]));
        var upstream = Upstream(Failing(status, "", $"Location: {new Uri(elsewhere.Address, Dialect.ChatPath)}"));

        await FailsAsync(Create(upstream.Address), BackendErrorKind.Upstream);

        Assert.Empty(elsewhere.Connections);
    }

    [Fact]
    public async Task Status_WithABodyThatStalls_FailsByItsStatusSoon()
    {
        var upstream = Upstream(async exchange =>
        {
            await exchange.StartAsync("application/json", 503, "Retry-After: 7");
            await exchange.SendAsync("{\"error\":");
            await exchange.ClientClosedAsync();
        });

        var failing = FailsAsync(Create(upstream.Address), BackendErrorKind.Unavailable);
        await Eventually.HoldsAsync(
            () =>
            {
                Clock.Advance(TimeSpan.FromSeconds(1));
                return failing.IsCompleted;
            },
            Patience,
            "the failure is told without its reason");

        Assert.Equal(TimeSpan.FromSeconds(7), (await failing).RetryAfter);
    }

    [Fact]
    public async Task Status_WithABodyWithoutEnd_FailsByItsStatusAndReadsABoundedPart()
    {
        var piece = Encoding.UTF8.GetBytes(new string('z', 64 * 1024));
        var upstream = Upstream(async exchange =>
        {
            await exchange.StartAsync("text/plain", 500);
            for (var sent = 0; sent < 1024; sent++)
            {
                await exchange.SendAsync(piece);
            }

            await exchange.EndAsync();
        });

        await FailsAsync(Create(upstream.Address), BackendErrorKind.Upstream);

        var connection = Assert.Single(upstream.Connections, connection => connection.BytesSent > 4096);
        await connection.ClientClosed.WaitAsync(Patience, TimeProvider.System);
        Assert.InRange(connection.BytesSent, 1, 16 * 1024 * 1024);
    }
}
