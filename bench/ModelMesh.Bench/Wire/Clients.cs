using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using ModelMesh.Backends.LlamaCpp;
using ModelMesh.Backends.Ollama;
using ModelMesh.Backends.Ollama.Pulling;
using ModelMesh.Backends.OpenAI;
using ModelMesh.Backends.OpenAI.Clients;
using ModelMesh.Backends.OpenAI.Settings;
using ModelMesh.Backends.Tgi;
using ModelMesh.Backends.Tgi.Prompting;
using ModelMesh.Backends.Wire.Http;
using ModelMesh.Backends.Wire.OpenAIWire;
using ModelMesh.Backends.Wire.OpenAIWire.Embeddings;
using ModelMesh.Backends.Wire.Settings;
using OpenAI;

namespace ModelMesh.Bench.Wire;

/// <summary>The clients that are measured, each over a handler of the benchmark's. Nothing here is disposed: a handler in memory holds nothing.</summary>
internal static class Clients
{
    private static readonly UpstreamSettings Settings = new(Nowhere, "m", ApiKey: null, Extra: null);

    private static Uri Nowhere => new("http://upstream.invalid/v1");

    public static IChatClient Lean(HttpMessageHandler handler, Uri? endpoint = null) =>
        new OpenAIWireChatClient(Http(handler), Settings with { Endpoint = endpoint ?? Nowhere });

    /// <summary>The <c>openai</c> plugin: the SDK behind the mesh's guard.</summary>
    public static IChatClient OpenAIPlugin(HttpMessageHandler handler, Uri? endpoint = null)
    {
        var settings = new OpenAISettings(Settings with { Endpoint = endpoint ?? Nowhere }, Organization: null, Project: null, MaxTokensField.MaxTokens);
        return new OpenAIBackend(new OpenAIClients(Lease(handler), settings, TimeProvider.System), settings, TimeProvider.System).Chat;
    }

    public static IChatClient LlamaCpp(HttpMessageHandler handler) => new LlamaCppBackend(Http(handler), Settings, isMultimodal: false, TimeProvider.System).Chat;

    public static IChatClient Ollama(HttpMessageHandler handler)
    {
        var settings = new OllamaSettings(Settings);
        var http = Http(handler);
        return new OllamaChatClient(settings, http, new ModelPull(settings, http, NullLogger<ModelPull>.Instance), TimeProvider.System);
    }

    public static IChatClient Tgi(HttpMessageHandler handler) => new TgiChatClient(new TgiSettings(Settings) { Template = PromptTemplate.Chatml }, Http(handler));

    public static OpenAIClient OpenAISdk(HttpMessageHandler handler, Uri? endpoint = null) => new(new ApiKeyCredential("none"), new OpenAIClientOptions
    {
        Endpoint = endpoint ?? Nowhere,
        Transport = new HttpClientPipelineTransport(new HttpClient(handler)),
    });

    public static IEmbeddingGenerator<string, Embedding<float>> LeanEmbeddings(HttpMessageHandler handler) => new OpenAIWireEmbeddingGenerator(Http(handler), Settings);

    private static UpstreamHttp Http(HttpMessageHandler handler) => new(Lease(handler), apiKey: null, TimeProvider.System);

    private static ConnectionLease Lease(HttpMessageHandler handler) => new(handler, new UpstreamConnections());
}
