using System.Text.Json;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Admin;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Store;

namespace ModelMesh.Registry.Rollouts;

/// <summary>
/// <c>GET /models/{name}/rollouts/{request_id}/events</c>: a rollout's progress as server-sent events, each the whole rollout as JSON. The first is how it stands, the
/// next ones follow whenever it or its figures have changed, and the last is how it ended. A comment goes out when there was nothing to tell for a while.
/// </summary>
internal sealed class RolloutEvents(
    RolloutReader reader, RolloutViews views, ICatalog catalog, IHostApplicationLifetime lifetime, IOptions<RolloutOptions> options, IOptions<AdminOptions> admin, TimeProvider time)
{
    public async Task WriteAsync(HttpContext context)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var (model, id) = (ModelPath.Name(context), RolloutPath.Id(context));
        var rollout = await reader.FindAsync(model, id, over.Token);
        var wake = new WakeSignal(time);
        catalog.Changed += OnChanged;
        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            await FollowAsync(context.Response, rollout, wake, over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The reader has gone, or the process stops: either way the stream is over.
        }
        finally
        {
            catalog.Changed -= OnChanged;
        }

        void OnChanged(CatalogChange change)
        {
            if (!ReferenceEquals(change.Previous.Traffic, change.Current.Traffic))
            {
                wake.Set();
            }
        }
    }

    private async Task FollowAsync(HttpResponse response, Rollout rollout, WakeSignal wake, CancellationToken cancellationToken)
    {
        var (told, toldAt) = ("", time.GetTimestamp());
        while (true)
        {
            var data = JsonSerializer.Serialize(await views.OfAsync(rollout), RolloutJson.Readable.RolloutView);
            if (data != told)
            {
                await SendAsync($"id: {rollout.Revision}\nevent: rollout\ndata: {data}\n\n");
                told = data;
            }
            else if (time.GetElapsedTime(toldAt) >= admin.Value.EventsKeepAlive)
            {
                await SendAsync(": keep-alive\n\n");
            }

            if (!rollout.IsActive)
            {
                return;
            }

            await wake.WaitAsync(options.Value.JudgeInterval, cancellationToken);

            // While the store is away this is how it stood.
            rollout = catalog.Current.Traffic.Rollouts.GetValueOrDefault(rollout.Model) is { } newest && newest.RequestId == rollout.RequestId
                ? newest
                : await reader.FindAsync(rollout.Model, rollout.RequestId, cancellationToken);
        }

        async Task SendAsync(string text)
        {
            await response.WriteAsync(text, cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
            toldAt = time.GetTimestamp();
        }
    }
}
