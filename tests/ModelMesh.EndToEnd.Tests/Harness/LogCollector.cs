using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ModelMesh.EndToEnd.Tests.Harness;

/// <summary>Takes what services export by OTLP over HTTP, and keeps the logs as they came: texts are in the bytes as they are.</summary>
internal sealed class LogCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _logs = new();

    private LogCollector(WebApplication app) => _app = app;

    public string Endpoint => _app.Urls.First();

    /// <summary>Each export's bytes as text.</summary>
    public IReadOnlyCollection<string> Logs => [.. _logs];

    public static async Task<LogCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var collector = new LogCollector(builder.Build());
        collector._app.MapPost("/v1/{signal}", collector.TakeAsync);
        await collector._app.StartAsync();
        return collector;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> TakeAsync(string signal, HttpRequest request)
    {
        using var body = new StreamReader(request.Body, Encoding.Latin1);
        var text = await body.ReadToEndAsync();
        if (signal == "logs")
        {
            _logs.Enqueue(text);
        }

        return Results.Bytes([], "application/x-protobuf");
    }
}
