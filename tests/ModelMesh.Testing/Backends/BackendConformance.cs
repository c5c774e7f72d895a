using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using ModelMesh.Backends.Sdk;
using Xunit;

namespace ModelMesh.Testing.Backends;

/// <summary>
/// What every backend owes the mesh, as tests: a plugin's test class inherits them, names its factory and says how its upstream speaks. The
/// backend is made through the plugin's public factory and talks to a <see cref="ScriptedUpstream"/>. After each test, nothing secret may be in the logs.
/// </summary>
public abstract partial class BackendConformance : IAsyncLifetime
{
    /// <summary>The key that the model's settings refer to, and no text may show.</summary>
    protected const string ApiKey = "sk-conformance-5e0fa1c2d3b4";

    /// <summary>A text in the messages that no log may show.</summary>
    protected const string Prompt = "conformance-prompt-7f3a";

    /// <summary>The key in the host's configuration, which is for the configured endpoint alone.</summary>
    protected const string ConfiguredApiKey = "sk-configured-91c7b2e4d6f8";

    private const string ApiKeyReference = "env:CONFORMANCE_KEY";
    private static readonly string[] Hidden = [ApiKey, ConfiguredApiKey, Prompt];
    private readonly List<IAsyncDisposable> _owned = [];

    /// <summary>The plugin under test.</summary>
    protected abstract IBackendFactory Factory { get; }

    /// <summary>How its upstream speaks.</summary>
    protected abstract UpstreamDialect Dialect { get; }

    /// <summary>What the dialect could carry and this plugin does not claim.</summary>
    protected virtual ChatFeatures Unclaimed => ChatFeatures.None;

    /// <summary>Whether the plugin has an <c>api_key</c>.</summary>
    protected virtual bool TakesApiKey => true;

    /// <summary>Everything the plugin has logged.</summary>
    protected RecordedLogs Logs { get; } = new();

    /// <summary>The clock that the plugin is given.</summary>
    protected ManualClock Clock { get; } = new();

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        for (var index = _owned.Count - 1; index >= 0; index--)
        {
            await _owned[index].DisposeAsync();
        }

        Assert.DoesNotContain(Logs.Lines, line => Hidden.Any(text => line.Contains(text, StringComparison.Ordinal)));
    }

    /// <summary>The part of the request's body that passes on a feature; null when this plugin has it not.</summary>
    protected virtual JsonObject? Expected(ChatFeatures feature) => feature != ChatFeatures.None && Unclaimed.HasFlag(feature) ? null : Dialect.Expected(feature);

    /// <summary>Makes the backend of a model at an upstream. The suite disposes it.</summary>
    protected IBackend Create(Uri upstream, Action<JsonObject>? change = null) => Create(upstream, change, []);

    /// <summary>Makes the backend of a model on a host that configures the plugin's endpoint and key.</summary>
    protected IBackend CreateConfigured(Uri endpoint, Action<JsonObject> change) => Create(endpoint, change, new()
    {
        [$"Backends:{Factory.Type}:Endpoint"] = endpoint.ToString(),
        [$"Backends:{Factory.Type}:ApiKey"] = TakesApiKey ? ConfiguredApiKey : null,
    });

    /// <summary>Disposes a backend before the test ends.</summary>
    protected ValueTask DisposeAsync(IBackend backend)
    {
        _owned.Remove(backend);
        return backend.DisposeAsync();
    }

    /// <summary>Starts an upstream that answers chats by a script and everything else as a healthy one. The suite disposes it.</summary>
    protected ScriptedUpstream Upstream(Func<UpstreamExchange, Task> chat, UpstreamSecurity security = UpstreamSecurity.None) =>
        Own(ScriptedUpstream.Answering(exchange => IsChat(exchange.Request) ? chat(exchange) : AuxiliaryAsync(exchange), security));

    /// <summary>Makes the backend of a model at an upstream that answers every chat by a script.</summary>
    protected IBackend Create(Func<UpstreamExchange, Task> chat) => Create(Upstream(chat).Address);

    /// <summary>Has the test dispose something, after what was made later.</summary>
    protected T Own<T>(T owned)
        where T : IAsyncDisposable
    {
        _owned.Add(owned);
        return owned;
    }

    /// <summary>Whether a request is a chat's own, the one that makes tokens.</summary>
    protected bool IsChat(UpstreamRequest request) => request.Path == Dialect.ChatPath;

    /// <summary>Has a test skipped whose subject this plugin or its dialect has not.</summary>
    private static SkipException Inapplicable() => new("This backend, or its dialect, has no such thing.");

    private IBackend Create(Uri upstream, Action<JsonObject>? change, Dictionary<string, string?> configuration)
    {
        var values = Dialect.Settings(upstream, TakesApiKey ? ApiKeyReference : null);
        change?.Invoke(values);
        var settings = new BackendSettings("registered-model", "v1", JsonSerializer.SerializeToElement(values), Resolve) { Revision = 1 };
        var services = new HostServices(Logs, Clock, new ConfigurationBuilder().AddInMemoryCollection(configuration).Build());
        return Own(Factory.Create(settings, services));
    }

    private static string Resolve(string reference) => reference == ApiKeyReference ? ApiKey : throw new FormatException("leads nowhere");

    private Task AuxiliaryAsync(UpstreamExchange exchange) =>
        Dialect.Auxiliary(exchange.Request) is { } body ? exchange.AnswerAsync(200, body) : exchange.AnswerAsync(404, Dialect.Error("no such path"));
}
