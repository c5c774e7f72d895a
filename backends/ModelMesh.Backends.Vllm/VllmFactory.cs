using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;
using ModelMesh.Backends.Wire.OpenAIWire.Requests;
using ModelMesh.Backends.Wire.Settings;

[assembly: BackendFactory(typeof(ModelMesh.Backends.Vllm.VllmFactory))]

namespace ModelMesh.Backends.Vllm;

/// <summary>The backend type <c>vllm</c>: models on vLLM, and on any other server that speaks the OpenAI wire format.</summary>
public sealed class VllmFactory : IBackendFactory
{
    private static readonly Uri DefaultEndpoint = new("http://localhost:8000/v1");

    private readonly UpstreamConnections _connections = new();

    /// <inheritdoc/>
    public string Type => "vllm";

    /// <inheritdoc/>
    public IBackend Create(BackendSettings settings, IServiceProvider services)
    {
        var reader = settings.Reader();
        var upstream = UpstreamSettings.Read(reader, settings, Type, services, DefaultEndpoint, ChatRequestWriter.Reserved);
        reader.Done();
        var time = services.GetService(typeof(TimeProvider)) as TimeProvider ?? TimeProvider.System;
        return new VllmBackend(new UpstreamHttp(_connections.Rent(), upstream.ApiKey, time), upstream, time);
    }
}
