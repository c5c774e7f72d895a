using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ModelMesh.Backends.Ollama.Pulling;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;

[assembly: BackendFactory(typeof(ModelMesh.Backends.Ollama.OllamaFactory))]

namespace ModelMesh.Backends.Ollama;

/// <summary>The backend type <c>ollama</c>: a model on an Ollama server, by Ollama's native API.</summary>
public sealed class OllamaFactory : IBackendFactory
{
    private readonly UpstreamConnections _connections = new();

    /// <inheritdoc/>
    public string Type => "ollama";

    /// <inheritdoc/>
    public IBackend Create(BackendSettings settings, IServiceProvider services)
    {
        var time = services.GetService(typeof(TimeProvider)) as TimeProvider ?? TimeProvider.System;
        var loggers = services.GetService(typeof(ILoggerFactory)) as ILoggerFactory ?? NullLoggerFactory.Instance;
        var ollama = OllamaSettings.Read(settings, services);
        var http = new UpstreamHttp(_connections.Rent(), ollama.Upstream.ApiKey, time);
        return new OllamaBackend(ollama, http, new ModelPull(ollama, http, loggers.CreateLogger<ModelPull>()), time);
    }
}
