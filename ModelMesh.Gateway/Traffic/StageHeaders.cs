using System.Collections;
using System.Collections.Immutable;
using Microsoft.Extensions.Primitives;

namespace ModelMesh.Gateway.Traffic;

/// <summary>
/// Headers that stages put on an answer. They are sent with an error as well, which clears the response's own. Thread-safe: the response of a request that waits for a
/// slot starts on a timer's thread, whatever a stage does then; it gets what was there at that moment.
/// </summary>
internal sealed class StageHeaders : IEnumerable<KeyValuePair<string, StringValues>>
{
    private ImmutableDictionary<string, StringValues> _headers = ImmutableDictionary.Create<string, StringValues>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Empty where it is not there.</summary>
    public StringValues this[string name]
    {
        get => Volatile.Read(ref _headers).GetValueOrDefault(name);
        set => ImmutableInterlocked.Update(ref _headers, static (headers, given) => headers.SetItem(given.name, given.value), (name, value));
    }

    /// <summary>Those that a response is to be sent with.</summary>
    public static StageHeaders On(HttpResponse response)
    {
        var headers = new StageHeaders();
        response.OnStarting(static state =>
        {
            var (response, headers) = ((HttpResponse, StageHeaders))state;
            foreach (var (name, value) in headers)
            {
                response.Headers[name] = value;
            }

            return Task.CompletedTask;
        }, (response, headers));
        return headers;
    }

    public void Remove(string name) => ImmutableInterlocked.TryRemove(ref _headers, name, out _);

    /// <summary>What is there now; what is changed meanwhile is not seen.</summary>
    public IEnumerator<KeyValuePair<string, StringValues>> GetEnumerator() => Volatile.Read(ref _headers).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
