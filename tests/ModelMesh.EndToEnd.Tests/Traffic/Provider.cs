using Microsoft.Extensions.AI;
using ModelMesh.Testing.Backends;

namespace ModelMesh.EndToEnd.Tests.Traffic;

/// <summary>A provider of models that speaks OpenAI's API over real sockets and has the fault that its script gives it. Its checks of health and lists always succeed.</summary>
internal sealed class Provider : IAsyncDisposable
{
    public const string Answer = "one two three";

    private static readonly OpenAIDialect Dialect = new();
    private readonly ScriptedUpstream _upstream;
    private int _asked;

    /// <param name="script">Answers a request for a chat, of which this is the number, from 1 on.</param>
    public Provider(Func<UpstreamExchange, int, Task> script) => _upstream = ScriptedUpstream.Answering(exchange =>
        exchange.Request.Path == Dialect.ChatPath ? script(exchange, Interlocked.Increment(ref _asked))
        : Dialect.Auxiliary(exchange.Request) is { } body ? exchange.AnswerAsync(200, body)
        : exchange.AnswerAsync(404, "{}"));

    /// <summary>How many times it was asked for a chat.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public string Endpoint => new Uri(_upstream.Address, "/v1").ToString();

    public static Provider Healthy() => new((exchange, _) => CompleteAsync(exchange));

    public static Provider Failing(int status) => new((exchange, _) => FailAsync(exchange, status));

    public static async Task CompleteAsync(UpstreamExchange exchange, string finishReason = "stop", params string[] between)
    {
        await BeginAsync(exchange);
        foreach (var chunk in between)
        {
            await exchange.SendAsync(Event(chunk));
        }

        await exchange.SendAsync(Event(Dialect.Text(" three")));
        await exchange.SendAsync(Event(Dialect.Finish(new ChatFinishReason(finishReason))));
        await exchange.SendAsync(Event(Dialect.Usage!));
        await exchange.SendAsync(Event(Dialect.EndMark!));
        await exchange.EndAsync();
    }

    /// <summary>The first two of three tokens.</summary>
    public static async Task BeginAsync(UpstreamExchange exchange)
    {
        await exchange.StartAsync("text/event-stream");
        await exchange.SendAsync(Event(Dialect.Text("one")));
        await exchange.SendAsync(Event(Dialect.Text(" two")));
    }

    public static async Task EmptyAsync(UpstreamExchange exchange)
    {
        await exchange.StartAsync("text/event-stream");
        await exchange.SendAsync(Event(Dialect.EndMark!));
        await exchange.EndAsync();
    }

    public static Task FailAsync(UpstreamExchange exchange, int status, params string[] headers) =>
        exchange.AnswerAsync(status, Dialect.Error($"status {status}"), headers: headers);

    public ValueTask DisposeAsync() => _upstream.DisposeAsync();

    private static string Event(string payload) => $"data: {payload}\n\n";
}
