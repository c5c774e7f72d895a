using System.ClientModel;
using System.ClientModel.Primitives;
using ModelMesh.Backends.OpenAI.Guard;
using ModelMesh.Backends.OpenAI.Settings;
using ModelMesh.Backends.Wire.Http;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;
using OpenAI.Models;

namespace ModelMesh.Backends.OpenAI.Clients;

/// <summary>
/// The SDK's clients of one model, over the plugin's pooled connections and behind the guard. They try once (but for a request that the connection itself lost, see <see cref="UpstreamConnections"/>) and wait without limit:
/// when to try again, and how long to wait, is the host's to decide. Nothing of a request is logged or traced by them. Thread-safe. Owns its lease of the connections.
/// </summary>
internal sealed class OpenAIClients : IDisposable
{
    private readonly ConnectionLease _connections;
    private readonly HttpClient _http;
    private readonly HttpClientPipelineTransport _transport;

    public OpenAIClients(ConnectionLease connections, OpenAISettings settings, TimeProvider time)
    {
        _connections = connections;
        _http = new HttpClient(new GuardHandler(connections.Handler, settings.Upstream.ApiKey, time)) { Timeout = Timeout.InfiniteTimeSpan };
        _transport = new HttpClientPipelineTransport(_http, enableLogging: false, loggerFactory: null);
        var options = new OpenAIClientOptions
        {
            Endpoint = settings.Upstream.Endpoint,
            OrganizationId = settings.Organization,
            ProjectId = settings.Project,
            Transport = _transport,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
            EnableDistributedTracing = false,
        };
        AuthenticationPolicy key = settings.Upstream.ApiKey is { } secret
            ? ApiKeyAuthenticationPolicy.CreateBearerAuthorizationPolicy(new ApiKeyCredential(secret))
            : new NoAuthenticationPolicy();
        Chat = new ChatClient(settings.Upstream.Model, key, options);
        Embeddings = new EmbeddingClient(settings.Upstream.Model, key, options);
        Models = new OpenAIModelClient(key, options);
    }

    public ChatClient Chat { get; }

    public EmbeddingClient Embeddings { get; }

    public OpenAIModelClient Models { get; }

    public void Dispose()
    {
        _transport.Dispose();
        _http.Dispose();
        _connections.Dispose();
    }
}
