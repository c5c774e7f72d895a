using ModelMesh.Contracts.Errors;

namespace ModelMesh.Registry.Ui.Live;

/// <summary><c>GET /ui/live?topics=mesh,models</c>: server-sent events for one open page, until it is closed, the process stops, or it does not read.</summary>
internal sealed class LiveEndpoint(LivePulse pulse, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private const int MostTopics = 8;
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public async Task WriteAsync(HttpContext context)
    {
        var topics = context.Request.Query["topics"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal);
        if (topics.Count is 0 or > MostTopics || !topics.All(pulse.Knows))
        {
            throw MeshException.Invalid("topics", $"must name 1 to {MostTopics} topics, and only topics that there are");
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var reader = new LiveReader(topics);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        pulse.Add(reader);
        try
        {
            await context.Response.WriteAsync("retry: 1000\n\n", over.Token);
            await context.Response.Body.FlushAsync(over.Token);
            await CopyAsync(reader, context.Response, over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The page was closed, or the process stops.
        }
        finally
        {
            pulse.Remove(reader);
        }
    }

    private async Task CopyAsync(LiveReader reader, HttpResponse response, CancellationToken cancellationToken)
    {
        var more = reader.Frames.WaitToReadAsync(cancellationToken).AsTask();
        while (true)
        {
            using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            if (await Task.WhenAny(more, Task.Delay(KeepAlive, time, quiet.Token)) != more)
            {
                await response.WriteAsync(": keep-alive\n\n", cancellationToken);
            }
            else if (!await more)
            {
                await quiet.CancelAsync();
                return;
            }
            else
            {
                await quiet.CancelAsync();
                while (reader.Frames.TryRead(out var frame))
                {
                    await response.Body.WriteAsync(frame, cancellationToken);
                }

                more = reader.Frames.WaitToReadAsync(cancellationToken).AsTask();
            }

            await response.Body.FlushAsync(cancellationToken);
        }
    }
}
