using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ModelMesh.Cli.Tests.Fakes;

/// <summary>A request that a fake service got.</summary>
internal sealed record SeenRequest(string Call, string Body, string? IfMatch, string? Authorization);

/// <summary>A registry or a gateway on a real socket, that answers as a test says and remembers what it was asked.</summary>
internal sealed class FakeService : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _answers = new(StringComparer.Ordinal);
    private readonly WebApplication _app;

    private FakeService(WebApplication app) => _app = app;

    public ConcurrentQueue<SeenRequest> Seen { get; } = new();

    public string Address => _app.Urls.First();

    public static async Task<FakeService> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var service = new FakeService(app);
        app.Run(service.AnswerAsync);
        await app.StartAsync();
        return service;
    }

    /// <param name="call">Method and path with its query as they are on the wire, e.g. <c>GET /models?limit=1000</c>.</param>
    public FakeService On(string call, Func<HttpContext, Task> answer)
    {
        _answers[call] = answer;
        return this;
    }

    public FakeService On(string call, string json, int status = 200) => On(call, async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json);
    });

    /// <summary>Answers with server-sent events, each <c>name data</c>, and ends the stream.</summary>
    public FakeService OnEvents(string call, params string[] events) => On(call, context => WriteEventsAsync(context, events));

    public static async Task WriteEventsAsync(HttpContext context, params string[] events)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "text/event-stream";
        }

        foreach (var next in events)
        {
            var space = next.IndexOf(' ', StringComparison.Ordinal);
            await context.Response.WriteAsync($"event: {next[..space]}\ndata: {next[(space + 1)..]}\n\n");
            await context.Response.Body.FlushAsync();
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var target = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        var call = $"{context.Request.Method} {target}";
        Seen.Enqueue(new SeenRequest(call, await reader.ReadToEndAsync(), Header("If-Match"), Header("Authorization")));
        if (_answers.TryGetValue(call, out var answer))
        {
            await answer(context);
            return;
        }

        context.Response.StatusCode = 404;
        await context.Response.WriteAsync($$$"""{"error":{"code":"invalid_request","message":"There is nothing at {{{target}}}.","type":"client_error"}}""");

        string? Header(string name) => context.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;
    }
}
