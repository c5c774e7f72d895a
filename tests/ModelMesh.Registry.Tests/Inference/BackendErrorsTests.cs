using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Inference;
using Xunit;

namespace ModelMesh.Registry.Tests.Inference;

public sealed class BackendErrorsTests
{
    [Theory]
    [InlineData(BackendErrorKind.Internal, ErrorCode.BackendError)]
    [InlineData(BackendErrorKind.InvalidRequest, ErrorCode.InvalidRequest)]
    [InlineData(BackendErrorKind.Unauthenticated, ErrorCode.BackendError)]
    [InlineData(BackendErrorKind.NotFound, ErrorCode.BackendError)]
    [InlineData(BackendErrorKind.RateLimited, ErrorCode.RateLimited)]
    [InlineData(BackendErrorKind.Unavailable, ErrorCode.BackendUnavailable)]
    [InlineData(BackendErrorKind.Timeout, ErrorCode.Timeout)]
    [InlineData(BackendErrorKind.Protocol, ErrorCode.BackendError)]
    [InlineData(BackendErrorKind.Upstream, ErrorCode.BackendError)]
    public void From_ABackendException_ItsKindsCodeItsMessageAndItsWait(BackendErrorKind kind, ErrorCode code)
    {
        var error = BackendErrors.From(new BackendException(kind, "said so") { RetryAfter = TimeSpan.FromSeconds(7) });

        Assert.Equal((code, "said so", TimeSpan.FromSeconds(7)), (error.Code, error.Message, error.RetryAfter));
    }

    [Theory]
    [InlineData(BackendErrorKind.RateLimited, 1)]
    [InlineData(BackendErrorKind.Unavailable, null)]
    public void From_ABackendThatNamedNoWait_OnlyARateLimitGetsOne(BackendErrorKind kind, int? seconds) =>
        Assert.Equal(seconds, BackendErrors.From(new BackendException(kind, "said so")).RetryAfter?.TotalSeconds);

    [Fact]
    public void From_AWaitThatIsNone_IsHeldBetweenNothingAndADay()
    {
        Assert.Equal(TimeSpan.Zero, BackendErrors.From(new BackendException(BackendErrorKind.RateLimited, "") { RetryAfter = TimeSpan.FromSeconds(-1) }).RetryAfter);
        var longest = BackendErrors.From(new BackendException(BackendErrorKind.RateLimited, "") { RetryAfter = TimeSpan.MaxValue });
        Assert.Equal(TimeSpan.FromDays(1), GrpcErrors.FromRpcException(GrpcErrors.ToRpcException(longest))!.RetryAfter);
    }

    // The mesh puts the field before the message itself, and a gateway in front may call it otherwise.
    [Theory]
    [InlineData("reasoning_effort must be low.", "must be low.")]
    [InlineData("The field reasoning_effort must be low.", "The field reasoning_effort must be low.")]
    [InlineData("reasoning_efforts differ.", "reasoning_efforts differ.")]
    [InlineData("reasoning_effort", "reasoning_effort")]
    public void From_ARequestWithAFieldAtFault_SaysItsNameOnce(string message, string expected) =>
        Assert.Equal([new ErrorDetail("reasoning_effort", expected)], BackendErrors.From(new BackendException(BackendErrorKind.InvalidRequest, message) { Field = "reasoning_effort" }).Details);

    [Fact]
    public void From_EveryKind_HasARowOfItsOwnAbove() => Assert.Equal(9, Enum.GetValues<BackendErrorKind>().Length);

    [Fact]
    public void From_AnUpstreamTimeOut_Timeout() =>
        Assert.Equal(ErrorCode.Timeout, BackendErrors.From(new TaskCanceledException("", new TimeoutException())).Code);

    [Fact]
    public void From_AnythingElse_BackendErrorThatDoesNotRepeatIt() =>
        Assert.DoesNotContain("secret", BackendErrors.From(new InvalidOperationException("secret")).Message, StringComparison.Ordinal);
}
