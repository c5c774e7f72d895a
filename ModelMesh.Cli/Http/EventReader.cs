using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace ModelMesh.Cli.Http;

/// <summary>Reads the events of an answer. A connection that breaks ends them like one that is closed: only what the events say tells whether the answer is whole.</summary>
internal static class EventReader
{
    public static async IAsyncEnumerable<ServerEvent> ReadAsync(HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var events = SseParser.Create(stream).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(events))
        {
            yield return new ServerEvent(events.Current.EventType, events.Current.Data);
        }
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (IOException)
        {
            return false;
        }
    }
}
