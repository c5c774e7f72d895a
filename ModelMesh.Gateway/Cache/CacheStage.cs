using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Cache.Flights;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Cache;

/// <summary>
/// Answers a request by what one that is exactly the same was answered, or is being answered.
/// 1. Kept answers have nothing to do with it: on, and nothing is paid for it. They were asked for, but cannot: a miss, and on.
/// 2. The store is asked. It does not answer, or the version is not served at the revision that the request was routed to: a miss, and on by itself.
/// 3. An answer is kept: it is sent. No slot is taken, and no registry asked.
/// 4. Such a request is under way at this gateway, and both are background work or neither is: both share its answer. Otherwise this one's is made for all who come meanwhile, and kept when it is complete.
/// 5. A request of another failed before it had a token, and that is no answer to this one: back to 4, once.
/// </summary>
internal sealed class CacheStage(IKeptAnswers answers, FlightTable flights, CacheMetrics metrics) : IAnswerStage
{
    private const string IsHit = "hit";
    private const string IsMiss = "miss";
    private static readonly ModelCache Unset = new();

    public Task RunAsync(AnswerCall call, AnswerUse use, AnswerNext next, CancellationToken cancellationToken)
    {
        var route = call.Plan.First;

        // 1
        return CacheRule.Of(route.Model.Cache, call.Traits.Cache, NativeForm.Of(route, call.Request.NativeOptions, call.Request.Options)) switch
        {
            CacheUse.None => next(call, use, cancellationToken),
            CacheUse.Unkept => PassAsync(call, use, next, cancellationToken),
            var wanted => LookAsync(call, wanted == CacheUse.Refresh, use, next, cancellationToken),
        };
    }

    /// <summary>Whether a failed call for the same may be made again for another request: not where it would fail alike, or has used up the time there was.</summary>
    private static bool MayBeTriedAnew(MeshException failure) => failure.Code is not (ErrorCode.InvalidRequest or ErrorCode.Timeout);

    private Task PassAsync(AnswerCall call, AnswerUse use, AnswerNext next, CancellationToken cancellationToken)
    {
        Miss(call);
        return next(call, use, cancellationToken);
    }

    private async Task LookAsync(AnswerCall call, bool anew, AnswerUse use, AnswerNext next, CancellationToken cancellationToken)
    {
        // 2
        var route = call.Plan.First;
        var hash = RequestHash.Of(call.Request, route, call.Traits.ContinuesByPrefill);
        if (await answers.LookAsync(hash, route.Model.Id, route.Model.Revision) is not { IsServed: true } look)
        {
            await PassAsync(call, use, next, cancellationToken);
            return;
        }

        // 3
        cancellationToken.ThrowIfCancellationRequested();
        if (!anew && look.Answer is { } bytes && KeptAnswer.TryOpen(bytes) is { } kept)
        {
            call.AnswerHeaders[CallHeaders.Cache] = IsHit;
            metrics.Hit();
            await use(kept);
            return;
        }

        // 4
        var key = new FlightKey(hash, look.Epoch, IsBackground: call.Traits.Priority < 0);
        if (await ShareAsync(call, key, anew, mayFail: true, use, next, cancellationToken))
        {
            return;
        }

        // 5
        await ShareAsync(call, key, anew: false, mayFail: false, use, next, cancellationToken);
    }

    /// <summary>False where another's call failed and this one's may be made.</summary>
    private async Task<bool> ShareAsync(AnswerCall call, FlightKey key, bool anew, bool mayFail, AnswerUse use, AnswerNext next, CancellationToken cancellationToken)
    {
        var (passenger, begin) = anew ? flights.BoardAnew(key, call) : flights.Board(key, call);
        if (begin is not null)
        {
            Miss(call);
            _ = FlyAsync(begin, key, call, next);
        }
        else
        {
            call.AnswerHeaders[CallHeaders.Cache] = IsHit;
        }

        try
        {
            await passenger.TravelAsync(use, cancellationToken);
        }
        catch (MeshException failure) when (begin is null && !passenger.HadTokens)
        {
            // An error is no hit.
            call.AnswerHeaders.Remove(CallHeaders.Cache);
            if (!mayFail || !MayBeTriedAnew(failure))
            {
                throw;
            }

            return false;
        }

        if (begin is null)
        {
            metrics.Shared();
        }

        return true;
    }

    private async Task FlyAsync(Flight flight, FlightKey key, AnswerCall call, AnswerNext next)
    {
        try
        {
            var route = call.Plan.First;
            await flight.RunAsync(call, next);
            if (flight.Answer is { } answer && KeepRule.MayBeKept(answer.Accepted, answer.Completed, route) && answer.ToBytes() is { } bytes)
            {
                await answers.KeepAsync(key.Hash, bytes, TimeSpan.FromSeconds((route.Model.Cache ?? Unset).TtlSeconds), key.Epoch);
            }
        }
        finally
        {
            flights.Remove(key, flight);
        }
    }

    private void Miss(AnswerCall call)
    {
        call.AnswerHeaders[CallHeaders.Cache] = IsMiss;
        metrics.Miss();
    }
}
