using System.Runtime.InteropServices;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Registry.Attempts;

/// <summary>What an attempt says of the endpoint that it went to.</summary>
internal enum AttemptResult
{
    /// <summary>Nothing: it was given up, or refused for what it asks or how often.</summary>
    Nothing,

    /// <summary>It answers.</summary>
    Answered,

    /// <summary>It fails.</summary>
    Failed,
}

/// <summary>Where it is worth sending a request again.</summary>
internal enum RetryPlace
{
    Nowhere,

    /// <summary>At another endpoint: this one would fail again.</summary>
    Elsewhere,

    /// <summary>At another endpoint, or after a while at the same one.</summary>
    Anywhere,
}

/// <summary>What follows from how an attempt ended. Pure.</summary>
/// <param name="Result">What it says of the endpoint.</param>
/// <param name="Retry">Where the request may be sent again, if it may be at all.</param>
/// <param name="RetryAfter">How long the upstream asked to wait; null when it did not.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AttemptVerdict(AttemptResult Result, RetryPlace Retry = RetryPlace.Nowhere, TimeSpan? RetryAfter = null)
{
    public static AttemptVerdict Answered { get; } = new(AttemptResult.Answered);

    /// <summary>It was given up, whatever became of it.</summary>
    public static AttemptVerdict GivenUp { get; } = new(AttemptResult.Nothing);

    /// <summary>By the failure's kind; what no <see cref="BackendException"/> names is the plugin's own fault, which others need not have.</summary>
    /// <param name="failure">What the call threw.</param>
    /// <param name="ofAdapter">Whether it asked for an adapter: one that the upstream does not know says nothing of the model.</param>
    public static AttemptVerdict Of(Exception failure, bool ofAdapter) => failure switch
    {
        BackendException { Kind: BackendErrorKind.InvalidRequest } => GivenUp,
        BackendException { Kind: BackendErrorKind.RateLimited } limited => new AttemptVerdict(AttemptResult.Nothing, RetryPlace.Anywhere, limited.RetryAfter),
        BackendException { Kind: BackendErrorKind.NotFound } when ofAdapter => new AttemptVerdict(AttemptResult.Nothing, RetryPlace.Elsewhere),
        BackendException { Kind: BackendErrorKind.Unavailable or BackendErrorKind.Upstream or BackendErrorKind.Protocol } failed =>
            new AttemptVerdict(AttemptResult.Failed, RetryPlace.Anywhere, failed.RetryAfter),
        _ => new AttemptVerdict(AttemptResult.Failed, RetryPlace.Elsewhere),
    };
}
