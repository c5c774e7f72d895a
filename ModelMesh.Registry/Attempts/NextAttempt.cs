using System.Runtime.InteropServices;
using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Resilience;

namespace ModelMesh.Registry.Attempts;

/// <summary>A request whose last attempt failed before its first token.</summary>
/// <param name="Verdict">What followed from that.</param>
/// <param name="Retries">How many retries it had.</param>
/// <param name="TimedOutBefore">Whether an attempt before the last had no first token in time.</param>
/// <param name="TimedOut">Whether the last one had none.</param>
/// <param name="AnotherTakes">Whether an endpoint that was not tried yet takes a request.</param>
/// <param name="Left">How long the request may go on without a first token.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FailedRequest(AttemptVerdict Verdict, int Retries, bool TimedOutBefore, bool TimedOut, bool AnotherTakes, TimeSpan Left);

/// <summary>What to do after an attempt that failed. Pure.</summary>
/// <param name="Goes">Whether the request is sent again.</param>
/// <param name="ToTried">Whether it may go to an endpoint that was tried already.</param>
/// <param name="Wait">How long to wait before.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NextAttempt(bool Goes, bool ToTried = false, TimeSpan Wait = default)
{
    /// <summary>
    /// 1. not worth it anywhere, or no retry or time left: give up;
    /// 2. the second that had no first token in time: give up;
    /// 3. an endpoint that was not tried takes it: there, at once;
    /// 4. worth it where it was tried: there, after a while, unless the upstream asks for a longer one than is allowed or left;
    /// 5. give up.
    /// </summary>
    /// <param name="failed">The request.</param>
    /// <param name="rules">The version's.</param>
    /// <param name="roll">A random number, at least 0 and below 1.</param>
    public static NextAttempt After(in FailedRequest failed, ModelResilience rules, double roll)
    {
        // 1.
        if (failed.Verdict.Retry == RetryPlace.Nowhere || failed.Retries >= rules.MaxRetries || failed.Left <= TimeSpan.Zero)
        {
            return default;
        }

        // 2.
        if (failed is { TimedOut: true, TimedOutBefore: true })
        {
            return default;
        }

        // 3.
        if (failed.AnotherTakes)
        {
            return new NextAttempt(Goes: true);
        }

        // 4.
        if (failed.Verdict.Retry == RetryPlace.Anywhere
            && Backoff.Before(failed.Retries + 1, TimeSpan.FromMilliseconds(rules.BackoffMs), TimeSpan.FromMilliseconds(rules.MaxBackoffMs), failed.Verdict.RetryAfter, roll) is { } wait
            && wait < failed.Left)
        {
            return new NextAttempt(Goes: true, ToTried: true, wait);
        }

        // 5.
        return default;
    }
}
