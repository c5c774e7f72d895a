using Grpc.Core;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Registry.Failover;
using ModelMesh.Gateway.Registry.Waiting;

namespace ModelMesh.Gateway.Registry.Hedging;

/// <summary>
/// The first of two attempts that has a token. The second begins when the first has had none for a while; never more than these two at once.
/// 1. The first ends in time, or waits for a slot, or there is nowhere else to send it: there is no second. A model that is full is not asked twice.
/// 2. The version's retry budget is used up: no second either.
/// 3. The one with the first token is the answer. The other is cancelled, which frees its slot. A second that would have to wait for a slot is given up.
/// 4. An operator ends either: that is the answer, and the other is cancelled.
/// 5. The first fails while the second runs: the second may still answer, unless the failure is the answer. Where it does not either, the walk goes on: with what the second
///    was given up at, or to the reasons of both.
/// </summary>
/// <param name="walk">What both attempts are steps of.</param>
/// <param name="attempt">Makes an attempt that tells what it is given when it waits for a slot.</param>
internal sealed class HedgedOpening(
    PlanWalk<InferStream> walk, Func<Func<Queued, Task>, InstanceAttempt<InferStream>> attempt, AttemptTally tally, FailoverParts parts, CancellationToken cancellationToken)
{
    private volatile bool _waitsForSlot;

    /// <summary>To be called by the first attempt with what it is told of its wait for a slot.</summary>
    public void Queued(Queued place) => _waitsForSlot |= Waits(place);

    /// <param name="after">How long the first has to itself.</param>
    /// <param name="withinBudget">Takes a second attempt out of the version's budget; false when there is none left.</param>
    /// <exception cref="MeshException">Why nothing answers.</exception>
    public async Task<Served<InferStream>> OpenAsync(TimeSpan after, Func<bool> withinBudget)
    {
        var leg = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = walk.NextAsync(leg.Token);
        await WaitAsync(first, after);

        // 1
        if (first.IsCompleted || _waitsForSlot || !walk.HasSecond || cancellationToken.IsCancellationRequested)
        {
            return await KeepAsync(first, leg);
        }

        // 2
        if (!withinBudget())
        {
            parts.Metrics.Hedged("over_budget");
            return await KeepAsync(first, leg);
        }

        var secondLeg = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var second = HedgeAsync(secondLeg);

        // 3
        if (await Task.WhenAny((Task)first, second) == second && await EndedWithAsync(second, secondLeg, first, leg) is { } hedge)
        {
            return Won(hedge, secondLeg, first, leg);
        }

        try
        {
            var served = await first;
            parts.Metrics.Hedged("lost");
            tally.Add(second.IsCompleted ? 0 : 1);
            Leave(second, secondLeg);
            served.Answer.Keep(leg);
            return served;
        }
        catch (MeshException) when (walk.IsExhausted)
        {
            // 5
            return await second is { } late ? Won(late, secondLeg, first, leg) : await KeepAsync(walk.NextAsync(leg.Token), leg);
        }
        catch
        {
            Leave(second, secondLeg);
            throw;
        }
    }

    private Served<InferStream> Won(Served<InferStream> hedge, CancellationTokenSource itsLeg, Task<Served<InferStream>> loser, CancellationTokenSource loserLeg)
    {
        parts.Metrics.Hedged("won");
        tally.Add(1);
        Leave(Nullable(loser), loserLeg);
        hedge.Answer.Keep(itsLeg);
        return hedge;
    }

    private static async Task<Served<InferStream>?> EndedWithAsync(
        Task<Served<InferStream>?> second, CancellationTokenSource itsLeg, Task<Served<InferStream>> first, CancellationTokenSource firstLeg)
    {
        try
        {
            return await second;
        }
        catch (MeshException)
        {
            // 4
            Leave(Nullable(first), firstLeg);
            itsLeg.Dispose();
            throw;
        }
    }

    private async Task<Served<InferStream>?> HedgeAsync(CancellationTokenSource leg)
    {
        try
        {
            return await walk.HedgeAsync(attempt(place => Waits(place) ? leg.CancelAsync() : Task.CompletedTask), leg.Token);
        }
        catch (Exception exception) when (exception is RpcException or OperationCanceledException && leg.IsCancellationRequested)
        {
            return null;
        }
    }

    // Once it has a slot a request is told a place of 0.
    private static bool Waits(Queued place) => place.Position > 0;

    private async Task WaitAsync(Task first, TimeSpan after)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(first, Task.Delay(after, parts.Fleet.Time, over.Token));
        await over.CancelAsync();
    }

    // The call's token has to live as long as the stream does.
    private static async Task<Served<InferStream>> KeepAsync(Task<Served<InferStream>> opening, CancellationTokenSource leg)
    {
        var served = await opening;
        served.Answer.Keep(leg);
        return served;
    }

    private static async Task<Served<InferStream>?> Nullable(Task<Served<InferStream>> task) => await task;

    private static void Leave(Task<Served<InferStream>?> loser, CancellationTokenSource leg)
    {
        leg.Cancel();
        _ = DiscardAsync(loser, leg);
    }

    private static async Task DiscardAsync(Task<Served<InferStream>?> loser, CancellationTokenSource leg)
    {
        try
        {
            (await loser)?.Answer.Dispose();
        }
        catch (Exception exception) when (exception is RpcException or MeshException or OperationCanceledException or SilentInstanceException)
        {
            // Nobody waits for it any more.
        }

        leg.Dispose();
    }
}
