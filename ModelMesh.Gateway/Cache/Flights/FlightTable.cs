using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Cache.Flights;

/// <summary>Every flight of this gateway that others may still board. Thread-safe.</summary>
internal sealed class FlightTable(IOptions<CacheOptions> options)
{
    private readonly ConcurrentDictionary<FlightKey, Flight> _flights = new();

    /// <summary>How many calls others may still share.</summary>
    public int Count => _flights.Count;

    /// <summary>How many requests are on them.</summary>
    public int Passengers => _flights.Values.Sum(flight => flight.Passengers);

    /// <summary>Boards the flight that is under way, or one that is yet to be begun; that is told by its flight, null for the former.</summary>
    public (Passenger Passenger, Flight? Begin) Board(FlightKey key, AnswerCall call)
    {
        while (true)
        {
            if (_flights.TryGetValue(key, out var flight))
            {
                if (flight.Board(call) is { } follower)
                {
                    return (follower, null);
                }

                Remove(key, flight);
            }

            flight = new Flight(options.Value.MaxEntryBytes);
            var first = flight.Board(call)!;
            if (_flights.TryAdd(key, flight))
            {
                return (first, flight);
            }
        }
    }

    /// <summary>A flight that is begun whatever is under way. Those who come later board this one.</summary>
    public (Passenger Passenger, Flight Begin) BoardAnew(FlightKey key, AnswerCall call)
    {
        var flight = new Flight(options.Value.MaxEntryBytes);
        var first = flight.Board(call)!;
        _flights[key] = flight;
        return (first, flight);
    }

    public void Remove(FlightKey key, Flight flight) => _flights.TryRemove(new KeyValuePair<FlightKey, Flight>(key, flight));
}
