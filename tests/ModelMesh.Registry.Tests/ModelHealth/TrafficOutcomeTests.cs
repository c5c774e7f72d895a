using System.Text.Json.Nodes;
using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.ModelHealth;
using ModelMesh.Registry.Secrets;
using Xunit;

namespace ModelMesh.Registry.Tests.ModelHealth;

public sealed class TrafficOutcomeTests
{
    [Theory]
    [InlineData(BackendErrorKind.Internal, "Failed")]
    [InlineData(BackendErrorKind.InvalidRequest, "Nothing")]
    [InlineData(BackendErrorKind.Unauthenticated, "Refused")]
    [InlineData(BackendErrorKind.NotFound, "Refused")]
    [InlineData(BackendErrorKind.RateLimited, "Nothing")]
    [InlineData(BackendErrorKind.Unavailable, "Unreachable")]
    [InlineData(BackendErrorKind.Timeout, "Failed")]
    [InlineData(BackendErrorKind.Protocol, "Failed")]
    [InlineData(BackendErrorKind.Upstream, "Failed")]
    public void Of_ABackendsFailure_WhatItsKindSaysOfTheUpstream(BackendErrorKind kind, string result)
    {
        var outcome = TrafficOutcome.Of(new BackendException(kind, "said so"), stopReason: null, callerGone: false);

        Assert.Equal((result, "said so"), (outcome.Result.ToString(), outcome.Error));
    }

    [Fact]
    public void Of_AnEndInGoodOrder_Answered() => Assert.Equal(TrafficResult.Answered, TrafficOutcome.Of(null, null, callerGone: false).Result);

    [Fact]
    public void Of_ACallerThatWent_NothingWhateverTheBackendThrew()
    {
        Assert.Equal(TrafficResult.Nothing, TrafficOutcome.Of(new BackendException(BackendErrorKind.Unavailable, ""), null, callerGone: true).Result);
        Assert.Equal(TrafficResult.Nothing, TrafficOutcome.Of(new ReaderGoneException(), null, callerGone: false).Result);
        Assert.Equal(TrafficResult.Nothing, TrafficOutcome.Of(null, null, callerGone: true).Result);
    }

    [Fact]
    public void Of_AStreamTheMeshEnded_AFailureOnlyWhereTheBackendKeptItWaiting()
    {
        var slow = TrafficOutcome.Of(new OperationCanceledException(), new MeshException(ErrorCode.Timeout, "no first token"), callerGone: false);
        Assert.Equal(new TrafficOutcome(TrafficResult.Failed, "no first token"), slow);
        Assert.Equal(TrafficResult.Nothing, TrafficOutcome.Of(new OperationCanceledException(), new MeshException(ErrorCode.StoreUnavailable), callerGone: false).Result);
    }

    [Fact]
    public void Of_WhatABackendShouldNotThrow_FailedWithoutItsMessage()
    {
        var outcome = TrafficOutcome.Of(new InvalidOperationException("a secret"), null, callerGone: false);

        Assert.Equal(new TrafficOutcome(TrafficResult.Failed, "The model's backend threw InvalidOperationException."), outcome);
    }

    [Fact]
    public void Shown_AVeryLongMessageWithASecret_IsCutAndWithoutIt()
    {
        var secrets = new KnownSecrets();
        secrets.Remember("sk-0123456789abcdef");
        var outcome = TrafficOutcome.Of(new BackendException(BackendErrorKind.Upstream, "bad key sk-0123456789abcdef " + new string('x', 9_000)), null, callerGone: false);

        var shown = outcome.Shown(secrets).Error!;
        Assert.StartsWith("bad key *** x", shown, StringComparison.Ordinal);
        Assert.Equal(501, shown.Length);
    }

    [Fact]
    public void Shown_AProbesFindingWithASecret_ReasonAndDetailsAreWithoutIt()
    {
        var secrets = new KnownSecrets();
        secrets.Remember("sk-0123456789abcdef");
        var finding = HealthFinding.From(BackendHealth.Unhealthy("bad key sk-0123456789abcdef") with { Details = new JsonObject { ["key"] = "sk-0123456789abcdef" } });

        var shown = finding.Shown(secrets);
        Assert.Equal(("bad key ***", """{"key":"***"}"""), (shown.Reason, shown.Details));
    }

    [Fact]
    public void Shown_DetailsWithASecretThatIsANumber_AreLeftOut()
    {
        var secrets = new KnownSecrets();
        secrets.Remember("12345678");
        var finding = HealthFinding.From(BackendHealth.Healthy with { Details = new JsonObject { ["pin"] = 12345678 } });

        Assert.Null(finding.Shown(secrets).Details);
    }
}
