using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;
using ModelMesh.Backends.Wire.OpenAIWire.Requests;
using ModelMesh.Backends.Wire.Settings;

[assembly: BackendFactory(typeof(ModelMesh.Backends.LlamaCpp.LlamaCppFactory))]

namespace ModelMesh.Backends.LlamaCpp;

/// <summary>The backend type <c>llamacpp</c>: a model on llama.cpp's server.</summary>
public sealed class LlamaCppFactory : IBackendFactory
{
    private readonly UpstreamConnections _connections = new();

    /// <inheritdoc/>
    public string Type => "llamacpp";

    /// <inheritdoc/>
    public IBackend Create(BackendSettings settings, IServiceProvider services)
    {
        var reader = settings.Reader();
        var upstream = UpstreamSettings.Read(reader, settings, Type, services, builtIn: null, ChatRequestWriter.Reserved);
        var isMultimodal = reader.Flag("multimodal");
        reader.Done();
        var time = services.GetService(typeof(TimeProvider)) as TimeProvider ?? TimeProvider.System;
        return new LlamaCppBackend(new UpstreamHttp(_connections.Rent(closesAfterStreams: true), upstream.ApiKey, time), upstream, isMultimodal, time);
    }
}
