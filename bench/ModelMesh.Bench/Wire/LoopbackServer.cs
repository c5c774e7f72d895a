using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace ModelMesh.Bench.Wire;

/// <summary>Answers every request with a canned answer over real sockets.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private LoopbackServer(WebApplication application) => _application = application;

    /// <summary>What a client takes for the endpoint.</summary>
    public Uri Endpoint => new($"{_application.Urls.First()}/v1");

    public static async Task<LoopbackServer> StartAsync(CannedAnswer answer, Delivery delivery)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        var body = answer.ToBody();
        var write = delivery == Delivery.Blocks ? 16 * 1024 : answer.Chunk.Length;
        application.Run(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            context.Response.ContentType = answer.MediaType;
            for (var at = 0; at < body.Length; at += write)
            {
                await context.Response.BodyWriter.WriteAsync(body.AsMemory(at, Math.Min(write, body.Length - at)), context.RequestAborted);
            }
        });
        await application.StartAsync();
        return new LoopbackServer(application);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
