using ModelMesh.Backends.Sdk;
using ModelMesh.Registry.Attempts;
using Xunit;

namespace ModelMesh.Registry.Tests.Attempts;

public sealed class AttemptVerdictTests
{
    [Theory]
    [InlineData(BackendErrorKind.Internal, "Failed", "Elsewhere")]
    [InlineData(BackendErrorKind.InvalidRequest, "Nothing", "Nowhere")]
    [InlineData(BackendErrorKind.Unauthenticated, "Failed", "Elsewhere")]
    [InlineData(BackendErrorKind.NotFound, "Failed", "Elsewhere")]
    [InlineData(BackendErrorKind.RateLimited, "Nothing", "Anywhere")]
    [InlineData(BackendErrorKind.Unavailable, "Failed", "Anywhere")]
    [InlineData(BackendErrorKind.Timeout, "Failed", "Elsewhere")]
    [InlineData(BackendErrorKind.Protocol, "Failed", "Anywhere")]
    [InlineData(BackendErrorKind.Upstream, "Failed", "Anywhere")]
    public void Of_EachKind_SaysWhatItMeansForTheEndpointAndWhereToRetry(BackendErrorKind kind, string result, string retry)
    {
        var verdict = AttemptVerdict.Of(new BackendException(kind, "it failed"), ofAdapter: false);

        Assert.Equal((result, retry), ($"{verdict.Result}", $"{verdict.Retry}"));
    }

    [Fact]
    public void Of_EveryKind_HasARowAbove() => Assert.Equal(9, Enum.GetValues<BackendErrorKind>().Length);

    [Fact]
    public void Of_AnAdapterThatTheUpstreamDoesNotKnow_SaysNothingOfTheEndpoint() => Assert.Equal(
        new AttemptVerdict(AttemptResult.Nothing, RetryPlace.Elsewhere), AttemptVerdict.Of(new BackendException(BackendErrorKind.NotFound, "no such model"), ofAdapter: true));

    [Fact]
    public void Of_WhatAPluginShouldNotThrow_FailsThisEndpointOnly() => Assert.Equal(
        new AttemptVerdict(AttemptResult.Failed, RetryPlace.Elsewhere), AttemptVerdict.Of(new InvalidOperationException(), ofAdapter: false));

    [Theory]
    [InlineData(BackendErrorKind.RateLimited)]
    [InlineData(BackendErrorKind.Unavailable)]
    public void Of_TheUpstreamAsksToWait_TheWaitIsKept(BackendErrorKind kind) => Assert.Equal(
        TimeSpan.FromSeconds(3), AttemptVerdict.Of(new BackendException(kind, "later") { RetryAfter = TimeSpan.FromSeconds(3) }, ofAdapter: false).RetryAfter);
}
