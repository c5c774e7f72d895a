using System.Threading.Channels;
using Microsoft.Extensions.Primitives;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Cache.Flights;

/// <summary>One request on a flight. What it reads, and what it does with that, holds up no other.</summary>
internal sealed class Passenger(Flight flight, AnswerCall call)
{
    private readonly Channel<FlightNews> _news = Channel.CreateUnbounded<FlightNews>(new UnboundedChannelOptions { SingleReader = true });
    private StageHeaders _toldOfFailure = new();

    /// <summary>Whether it has been given tokens: what fails from then on is not to be begun anew.</summary>
    public bool HadTokens { get; private set; }

    /// <summary>The last answer that it was given. Guarded by the flight's lock.</summary>
    public SharedStream? Stream { get; set; }

    /// <summary>Completes when the answer has been used.</summary>
    /// <param name="use">May be called again with another answer, when it threw because the one it had broke.</param>
    /// <exception cref="MeshException">Why there is no answer.</exception>
    public async Task TravelAsync(AnswerUse use, CancellationToken cancellationToken)
    {
        // It gets off as soon as its client has gone, not when what it waits for comes.
        await using var gone = cancellationToken.UnsafeRegister(static passenger => ((Passenger)passenger!).GetOff(), this);
        try
        {
            while (await _news.Reader.WaitToReadAsync(cancellationToken))
            {
                if (await UseAsync(Newest(), use))
                {
                    return;
                }
            }
        }
        catch (MeshException)
        {
            TakeHeaders(_toldOfFailure);
            throw;
        }
        finally
        {
            GetOff();
        }
    }

    public void Tell(FlightNews news) => _news.Writer.TryWrite(news);

    /// <summary>There will be no more news.</summary>
    /// <param name="failure">Why; null when the last answer was the end of it.</param>
    /// <param name="headers">What the way to the failure told.</param>
    public void Over(Exception? failure, StageHeaders headers)
    {
        _toldOfFailure = headers;
        _news.Writer.TryComplete(failure);
    }

    private void GetOff() => flight.Leave(this);

    private FlightNews Newest()
    {
        var newest = default(FlightNews);
        while (_news.Reader.TryRead(out var news))
        {
            newest = news;
        }

        return newest;
    }

    private void TakeHeaders(IEnumerable<KeyValuePair<string, StringValues>> headers)
    {
        foreach (var (name, value) in headers)
        {
            call.AnswerHeaders[name] = value;
        }
    }

    private async Task<bool> UseAsync(FlightNews news, AnswerUse use)
    {
        if (news.Stream is not { } stream)
        {
            await (news.Place is { } place && call.Queued is { } queued ? queued(place) : Task.CompletedTask);
            return false;
        }

        HadTokens = true;
        TakeHeaders(stream.Answer.Headers);
        using (stream)
        {
            try
            {
                await use(stream);
                return true;
            }
            catch (Exception failure) when (stream.HasFailed)
            {
                stream.Answer.FailedFor(failure);
                return false;
            }
        }
    }
}
