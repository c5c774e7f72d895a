using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using ModelMesh.Backends.Sdk;
using ModelMesh.Testing.Backends;

namespace ModelMesh.Backends.Tests.Plugins;

/// <summary>A backend of one plugin at an upstream that does as the test says. Requests are answered by path; a path without an answer is a 404.</summary>
internal sealed class PluginBench : IAsyncDisposable
{
    private readonly Dictionary<string, Func<UpstreamExchange, Task>> _answers = new(StringComparer.Ordinal);
    private bool _isDisposed;

    /// <summary>Makes the backend of a model named <c>m</c>.</summary>
    /// <param name="settings">Added to the model's <c>backend</c> object.</param>
    public PluginBench(IBackendFactory factory, string settings = "{}")
    {
        Upstream = ScriptedUpstream.Answering(exchange =>
            _answers.TryGetValue(exchange.Request.Path, out var answer) ? answer(exchange) : exchange.AnswerAsync(404, """{"error":"nothing here"}"""));
        var values = JsonNode.Parse(settings)!.AsObject();
        values["endpoint"] ??= Upstream.Address.ToString();
        Backend = Create(factory, values, Clock);
    }

    public ScriptedUpstream Upstream { get; }

    /// <summary>The clock that the backend is given.</summary>
    public ManualClock Clock { get; } = new();

    public IBackend Backend { get; }

    /// <summary>The bodies of the requests to a path.</summary>
    public IEnumerable<JsonObject> Bodies(string path) => Upstream.Requests.Where(request => request.Path == path).Select(request => request.Json);

    /// <summary>Has a path answered with JSON.</summary>
    public PluginBench On(string path, string json, int status = 200) => On(path, exchange => exchange.AnswerAsync(status, json));

    /// <summary>Has a path answered with a stream, each piece sent by itself.</summary>
    public PluginBench On(string path, string contentType, params string[] pieces) => On(path, async exchange =>
    {
        await exchange.StartAsync(contentType);
        foreach (var piece in pieces)
        {
            await exchange.SendAsync(piece);
        }

        await exchange.EndAsync();
    });

    public PluginBench On(string path, Func<UpstreamExchange, Task> answer)
    {
        _answers[path] = answer;
        return this;
    }

    /// <summary>Streams a chat to its end.</summary>
    public async Task<ChatOutcome> ChatAsync(BackendCallOptions? options = null, params ChatMessage[] messages)
    {
        var outcome = new ChatOutcome();
        await foreach (var update in Backend.Chat.GetStreamingResponseAsync(
            messages.Length > 0 ? messages : [new(ChatRole.User, "hello")], options ?? new BackendCallOptions()))
        {
            outcome.Add(update);
        }

        return outcome;
    }

    public Task<BackendHealth> HealthAsync() => Backend.CheckHealthAsync(CancellationToken.None).AsTask();

    /// <summary>Disposes the backend, as a host does once, before the upstream.</summary>
    public async Task DisposeBackendAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            await Backend.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await DisposeBackendAsync();
        }
        finally
        {
            await Upstream.DisposeAsync();
        }
    }

    public static IBackend Create(IBackendFactory factory, JsonObject values, TimeProvider? time = null) => factory.Create(
        new BackendSettings("m", "v1", JsonSerializer.SerializeToElement(values), _ => throw new FormatException("leads nowhere")),
        new HostServices(new RecordedLogs(), time ?? new ManualClock(), new ConfigurationBuilder().Build()));
}
