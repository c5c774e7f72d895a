using System.Net.ServerSentEvents;

namespace ModelMesh.Backends.Wire.Streaming;

/// <summary>Reads server-sent events (<c>text/event-stream</c>), each at most 8 MiB.</summary>
public static class SseEvents
{
    /// <summary>
    /// The events of a body as the parser makes them from their bytes, so that no text is made of an event; one that was not finished when the body ended is
    /// none. The parser must not throw for what it cannot read. For one enumeration.
    /// </summary>
    /// <exception cref="Sdk.BackendException">While enumerating: the body was cut, or an event is too long.</exception>
    public static async Task<IAsyncEnumerable<SseItem<T>>> OpenAsync<T>(HttpResponseMessage response, SseItemParser<T> parser, CancellationToken cancellationToken) =>
        Over(await UpstreamStream.OpenAsync(response, new EventLimit(), cancellationToken), parser, cancellationToken);

    internal static IAsyncEnumerable<SseItem<T>> Over<T>(UpstreamStream stream, SseItemParser<T> parser, CancellationToken cancellationToken) =>
        new Bound<T>(SseParser.Create(stream, parser), cancellationToken);

    // The token of the opening is the enumeration's, too: one that is forgotten there would leave a read that nothing can end.
    private sealed class Bound<T>(SseParser<T> parser, CancellationToken opening) : IAsyncEnumerable<SseItem<T>>
    {
        public IAsyncEnumerator<SseItem<T>> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
            parser.EnumerateAsync(cancellationToken.CanBeCanceled ? cancellationToken : opening).GetAsyncEnumerator(CancellationToken.None);
    }
}
