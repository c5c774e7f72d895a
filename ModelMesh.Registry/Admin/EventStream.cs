using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Catalog;
using ModelMesh.ServiceDefaults.Catalog;

namespace ModelMesh.Registry.Admin;

/// <summary>
/// <c>GET /events</c>: this replica's view of catalog changes as server-sent events, named after their kind, with the revision as id. It begins
/// with a comment, sends one whenever nothing else is to tell, and ends when the process stops or the reader is too slow to follow.
/// </summary>
internal sealed class EventStream(ICatalog catalog, IHostApplicationLifetime lifetime, IOptions<AdminOptions> options, TimeProvider time)
{
    private const int MostWaiting = 10_000;

    public async Task WriteAsync(HttpContext context)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var waiting = Channel.CreateBounded<CatalogEvent>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, SingleWriter = true });
        catalog.Changed += Take;
        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            await context.Response.WriteAsync($": catalog at revision {catalog.Current.Revision}\n\n", over.Token);
            await context.Response.Body.FlushAsync(over.Token);
            await CopyAsync(waiting.Reader, context.Response, over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The reader has gone, or the process stops: either way the stream is over.
        }
        finally
        {
            catalog.Changed -= Take;
        }

        void Take(CatalogChange change)
        {
            foreach (var happened in change.Events)
            {
                // A gap would mislead; a stream that ends is opened again.
                if (!waiting.Writer.TryWrite(happened))
                {
                    waiting.Writer.TryComplete();
                }
            }
        }
    }

    private async Task CopyAsync(ChannelReader<CatalogEvent> events, HttpResponse response, CancellationToken cancellationToken)
    {
        var more = events.WaitToReadAsync(cancellationToken).AsTask();
        while (true)
        {
            using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            if (await Task.WhenAny(more, Task.Delay(options.Value.EventsKeepAlive, time, quiet.Token)) != more)
            {
                await response.WriteAsync(": keep-alive\n\n", cancellationToken);
            }
            else if (!await more)
            {
                return;
            }
            else
            {
                await quiet.CancelAsync();
                while (events.TryRead(out var happened))
                {
                    var data = JsonSerializer.Serialize(EventView.Of(happened), AdminJson.Readable.EventView);
                    await response.WriteAsync($"id: {happened.Revision}\nevent: {happened.Kind}\ndata: {data}\n\n", cancellationToken);
                }

                more = events.WaitToReadAsync(cancellationToken).AsTask();
            }

            await response.Body.FlushAsync(cancellationToken);
        }
    }
}
