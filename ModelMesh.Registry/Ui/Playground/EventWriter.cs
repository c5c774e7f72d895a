using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ModelMesh.Registry.Ui.Playground;

/// <summary>Writes server-sent events to one response, one at a time.</summary>
internal sealed class EventWriter(HttpResponse response)
{
    public void Begin()
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
    }

    /// <exception cref="OperationCanceledException">The page has gone.</exception>
    public async Task WriteAsync<T>(string name, T data, JsonTypeInfo<T> type)
    {
        var gone = response.HttpContext.RequestAborted;
        await response.WriteAsync($"event: {name}\ndata: {JsonSerializer.Serialize(data, type)}\n\n", gone);
        await response.Body.FlushAsync(gone);
    }
}
