using System.Runtime.InteropServices;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Registry.Waiting;

/// <summary>
/// How long a registry may be silent at each point of a request. It keeps the model's own time-outs itself; these are what those add up to at worst and a margin, so
/// that no request hangs on a registry whose process does.
/// </summary>
/// <param name="Accepted">Until it says anything; the margin.</param>
/// <param name="Queued">From each notice that the request waits for a slot to the next sign.</param>
/// <param name="FirstToken">From when it is accepted to the first token: all its attempts and the waits between them take at most twice the time for one.</param>
/// <param name="Idle">Between two tokens.</param>
/// <param name="Whole">From the call to an answer that comes in one piece, without any sign before.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WaitBounds(TimeSpan Accepted, TimeSpan Queued, TimeSpan FirstToken, TimeSpan Idle, TimeSpan Whole)
{
    // A timer takes no more than 49 days.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    /// <param name="margin">What a registry may take beyond what the model's time-outs allow.</param>
    public static WaitBounds Of(ModelVersion model, TimeSpan margin)
    {
        var queued = TimeSpan.FromMilliseconds(model.MaxQueue > 0 ? model.QueueTimeoutMs : 0);
        var firstToken = AllAttempts(model.Timeouts.FirstTokenMs);
        return new(
            margin,
            Bounded(queued + margin),
            Bounded(firstToken + margin),
            Bounded(TimeSpan.FromMilliseconds(model.Timeouts.IdleMs) + margin),
            Bounded(queued + firstToken + margin));
    }

    /// <summary>The same for the revision that serves: a request that waited for a slot is served by the newest, of which this gateway may not have known when it sent it.</summary>
    public WaitBounds For(Accepted accepted) => accepted is not { FirstTokenMs: > 0, IdleMs: > 0 } ? this : this with
    {
        FirstToken = Bounded(AllAttempts(accepted.FirstTokenMs) + Accepted),
        Idle = Bounded(TimeSpan.FromMilliseconds(accepted.IdleMs) + Accepted),
    };

    private static TimeSpan AllAttempts(int firstTokenMs) => TimeSpan.FromMilliseconds(2.0 * firstTokenMs);

    private static TimeSpan Bounded(TimeSpan wait) => wait < Longest ? wait : Longest;
}
