using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using ModelMesh.Backends.Sdk;
using ModelMesh.Testing.Backends;

namespace ModelMesh.RealParts.Tests;

/// <summary>A plugin's backend as the host would make it and call it, against a real server.</summary>
internal sealed class RealBackend : IAsyncDisposable
{
    private readonly IBackend _backend;

    private RealBackend(IBackend backend) => _backend = backend;

    public static RealBackend Create(IBackendFactory factory, Uri endpoint, string model)
    {
        var values = new JsonObject { ["endpoint"] = endpoint.ToString(), ["model"] = model };
        var settings = new BackendSettings("registered-model", "v1", JsonSerializer.SerializeToElement(values), _ => "sk-nothing") { Revision = 1 };
        return new RealBackend(factory.Create(settings, new HostServices(new RecordedLogs(), TimeProvider.System, new ConfigurationBuilder().Build())));
    }

    /// <summary>Streams a chat of one message to its end.</summary>
    public async Task<ChatOutcome> ChatAsync(string prompt, BackendCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        var outcome = new ChatOutcome();
        await ChatAsync([new(ChatRole.User, prompt)], outcome, options, cancellationToken);
        return outcome;
    }

    /// <summary>Streams a chat into an outcome that can be looked at meanwhile, and when the stream has failed.</summary>
    public async Task ChatAsync(IEnumerable<ChatMessage> messages, ChatOutcome outcome, BackendCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        await foreach (var update in _backend.Chat.GetStreamingResponseAsync(messages, options ?? new BackendCallOptions(), cancellationToken))
        {
            outcome.Add(update);
        }
    }

    public Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(params string[] inputs) => _backend.Embeddings!.GenerateAsync(inputs);

    public ValueTask<BackendHealth> HealthAsync(CancellationToken cancellationToken = default) => _backend.CheckHealthAsync(cancellationToken);

    public ValueTask DisposeAsync() => _backend.DisposeAsync();
}
