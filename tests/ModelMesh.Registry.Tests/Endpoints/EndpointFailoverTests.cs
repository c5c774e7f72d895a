using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Tests.Inference;
using ModelMesh.ServiceDefaults.Resilience;
using Xunit;

namespace ModelMesh.Registry.Tests.Endpoints;

public sealed class EndpointFailoverTests(EndpointRegistry shared) : IClassFixture<EndpointRegistry>
{
    [Theory]
    [InlineData("Unavailable")]
    [InlineData("Upstream")]
    [InlineData("Protocol")]
    [InlineData("Timeout")]
    [InlineData("RateLimited 60000")]
    [InlineData("Unauthenticated")]
    [InlineData("NotFound")]
    [InlineData("Internal")]
    [InlineData("empty")]
    [InlineData("hang")]
    public async Task Infer_OneOfTwoEndpointsFailsBeforeItsFirstToken_TheOtherAnswers(string how)
    {
        using var bench = await EndpointBench.StartAsync(shared.Registry, "ab", model => model with { Timeouts = new ModelTimeouts { FirstTokenMs = how == "hang" ? 500 : 10_000 } });
        bench.Set("a", how);
        var attempts = new List<int>();
        for (var request = 0; request < 4; request++)
        {
            attempts.Add((await bench.CompletesAsync()).Attempts[0]);
        }

        // Round robin: at least one of the first two requests met the endpoint that fails.
        Assert.Contains(2, attempts);
        Assert.Equal(4, bench.CallsAt("b"));
        Assert.Equal(attempts.Sum() - 4, bench.CallsAt("a"));
        Assert.Empty(bench.Registry.Leases.Held);
    }

    [Fact]
    public async Task Embed_WhatItIsBalancedByCannotBeTold_NoSlotStaysTaken()
    {
        using var bench = await EndpointBench.StartAsync(shared.Registry, "ab", model => model with { Balancing = BalancingPolicies.PrefixAffinity });

        await Assert.ThrowsAnyAsync<ArgumentException>(() => bench.Registry.Embeddings.ExecuteAsync(new EmbeddingRequest("r", bench.Model, []), CancellationToken.None));

        Assert.Empty(bench.Registry.Leases.Held);
    }

    [Fact]
    public async Task Infer_TheRequestItselfIsRefused_NoOtherEndpointIsAsked()
    {
        using var bench = await EndpointBench.StartAsync(shared.Registry, "ab");
        bench.Set("a", "InvalidRequest");
        bench.Set("b", "InvalidRequest");

        Assert.Equal(ErrorCode.InvalidRequest, (await bench.FailsAsync()).Code);
        Assert.Equal(1, bench.CallsAt("a") + bench.CallsAt("b"));
    }

    [Fact]
    public async Task Infer_TheAnswerIsCutAfterItsFirstToken_NothingIsAskedAgain()
    {
        using var bench = await EndpointBench.StartAsync(shared.Registry, "ab");
        bench.Set("a", "cut");
        bench.Set("b", "cut");
        using var call = bench.Infer();

        Assert.Equal(ErrorCode.BackendError, (await call.FailedAsync()).Code);
        Assert.Equal("well ", call.Text);
        Assert.Equal(1, bench.CallsAt("a") + bench.CallsAt("b"));
    }

    [Fact]
    public async Task Infer_AShadow_IsSentOnce()
    {
        using var bench = await EndpointBench.StartAsync(shared.Registry, "ab");
        bench.Set("a", "Unavailable");
        bench.Set("b", "Unavailable");
        var request = bench.Request();
        request.Shadow = true;
        using var call = new InferCall(bench.Registry.Client.Infer(request));

        Assert.Equal(ErrorCode.BackendUnavailable, (await call.FailedAsync()).Code);
        Assert.Equal(1, bench.CallsAt("a") + bench.CallsAt("b"));
    }

    [Fact]
    public async Task Infer_TheOnlyEndpointFails_IsAskedAgainAsOftenAsTheModelSaysAndTheClientGetsItsError()
    {
        using var bench = await EndpointBench.StartAsync(shared.Registry, "", model => model with { Resilience = new ModelResilience { MaxRetries = 3, BackoffMs = 1 } });
        bench.Set("", "Upstream");

        var error = await bench.FailsAsync();
        Assert.Equal((ErrorCode.BackendError, "The patient says Upstream."), (error.Code, error.Message));
        Assert.Equal(4, bench.CallsAt(""));
    }

    [Fact]
    public async Task Infer_TheUpstreamAsksForAShortWait_IsAskedAgainAfterIt()
    {
        using var bench = await EndpointBench.StartAsync(shared.Registry, "");
        bench.Set("", "RateLimited 400");
        using var call = bench.Infer();
        await Eventually.HoldsAsync(() => bench.CallsAt("") == 1, "the upstream was asked");
        bench.Set("", "ok");
        await call.CompletedAsync();

        Assert.Equal((2, 2), (bench.CallsAt(""), call.Attempts[0]));
    }

    [Fact]
    public async Task Infer_AllEndpointsAreSilent_TwoAreAskedAndTheClientIsTold()
    {
        using var bench = await EndpointBench.StartAsync(shared.Registry, "abc", model => model with { Timeouts = new ModelTimeouts { FirstTokenMs = 150 } });
        foreach (var host in "abc")
        {
            bench.Set($"{host}", "hang");
        }

        Assert.Equal(ErrorCode.Timeout, (await bench.FailsAsync()).Code);
        Assert.Equal(2, "abc".Sum(host => bench.CallsAt($"{host}")));
        Assert.Empty(bench.Registry.Leases.Held);
    }

    [Fact]
    public async Task Infer_ASilentEndpointIsDeafToCancellation_TheOtherAnswersAndTheSlotIsFreeOnceTheFirstHasEnded()
    {
        using var bench = await EndpointBench.StartAsync(shared.Registry, "ab", model => model with { Timeouts = new ModelTimeouts { FirstTokenMs = 1_000 } });
        bench.Set("a", "deaf");
        bench.Set("b", "deaf");
        using var call = bench.Infer();
        await Eventually.HoldsAsync(() => bench.CallsAt("a") + bench.CallsAt("b") == 1, "one was asked");
        var (deaf, other) = bench.CallsAt("a") == 1 ? (0, "b") : (1, "a");
        bench.Set(other, "ok");
        await call.CompletedAsync();

        Assert.Equal("well ", call.Text);
        Assert.Single(bench.Registry.Leases.Held);
        Assert.Equal(1, bench.Endpoints.All[deaf].InFlight);
        bench.Set(deaf == 0 ? "a" : "b", "ok");
        await Eventually.HoldsAsync(() => bench.Registry.Leases.Held.Count == 0 && bench.Endpoints.All[deaf].InFlight == 0, "the slot is free once the backend has ended");
    }

    [Fact]
    public async Task Infer_TheCallerGoesWhileARetryWaits_EndsAtOnceAndFreesTheSlot()
    {
        using var bench = await EndpointBench.StartAsync(shared.Registry, "", model => model with { Resilience = new ModelResilience { BackoffMs = 60_000, MaxBackoffMs = 60_000 } });
        bench.Set("", "Upstream");
        using var gone = new CancellationTokenSource();
        using var call = bench.Infer(gone.Token);
        await Eventually.HoldsAsync(() => bench.CallsAt("") == 1 && bench.Endpoints.All[0].InFlight == 0, "the first attempt has failed");
        Assert.Single(bench.Registry.Leases.Held);
        await gone.CancelAsync();

        await Eventually.HoldsAsync(() => bench.Registry.Leases.Held.Count == 0, "the slot is free");
        Assert.Equal(1, bench.CallsAt(""));
    }

    [Fact]
    public async Task Infer_RetriesAreUsedUp_FailuresAreNotRepeatedAnyMore()
    {
        using var bench = await EndpointBench.StartAsync(shared.Registry, "ab", model => model with { Resilience = new ModelResilience { RetryBudget = 0, BreakerFailures = 1000 } });
        bench.Set("a", "Upstream");
        bench.Set("b", "Upstream");
        for (var request = 0; request < 20; request++)
        {
            await bench.FailsAsync();
        }

        Assert.Equal(20 + RetryBudget.Minimum, bench.CallsAt("a") + bench.CallsAt("b"));
    }

    [Fact]
    public async Task Infer_ChunksWithoutAWordAfterTheFirstToken_TimeoutAsIfNothingHadCome()
    {
        using var bench = await EndpointBench.StartAsync(shared.Registry, "a", model => model with { Timeouts = new ModelTimeouts { IdleMs = 200 } });
        bench.Set("a", "mumble");
        using var call = bench.Infer();

        Assert.Equal(ErrorCode.Timeout, (await call.FailedAsync()).Code);
        Assert.Equal("well ", call.Text);
        Assert.Empty(bench.Registry.Leases.Held);
    }

    [Fact]
    public async Task Embed_OneOfTwoEndpointsFails_TheOtherMakesThem()
    {
        using var bench = await EndpointBench.StartAsync(shared.Registry, "ab");
        bench.Set("a", "Unavailable");
        var attempts = new List<int>();
        for (var request = 0; request < 2; request++)
        {
            var answer = await bench.Registry.Client.EmbedAsync(new EmbedRequest { RequestId = "r", Model = bench.Model.Name, Version = "v1", Inputs = { "one", "two" } });
            Assert.Equal(2, answer.Embeddings.Count);
            attempts.Add(answer.Attempts);
        }

        Assert.Equal([1, 2], attempts.Order());
        Assert.Equal((1, 2), (bench.CallsAt("a"), bench.CallsAt("b")));
        Assert.Empty(bench.Registry.Leases.Held);
    }

    [Fact]
    public async Task Infer_AHashKeyWithConsistentHash_StaysAtOneEndpoint()
    {
        using var bench = await EndpointBench.StartAsync(shared.Registry, "abcd", model => model with { Balancing = BalancingPolicies.ConsistentHash });
        for (var request = 0; request < 8; request++)
        {
            var hashed = bench.Request($"question {request}");
            hashed.HashKey = "user-7";
            using var call = new InferCall(bench.Registry.Client.Infer(hashed));
            await call.CompletedAsync();
        }

        Assert.Equal([0, 0, 0, 8], "abcd".Select(host => bench.CallsAt($"{host}")).Order());
    }
}
