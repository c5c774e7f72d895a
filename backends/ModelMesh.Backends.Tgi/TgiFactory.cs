using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;

[assembly: BackendFactory(typeof(ModelMesh.Backends.Tgi.TgiFactory))]

namespace ModelMesh.Backends.Tgi;

/// <summary>The backend type <c>tgi</c>: a model on Hugging Face's Text Generation Inference, by its native API.</summary>
public sealed class TgiFactory : IBackendFactory
{
    private readonly UpstreamConnections _connections = new();

    /// <inheritdoc/>
    public string Type => "tgi";

    /// <inheritdoc/>
    public IBackend Create(BackendSettings settings, IServiceProvider services)
    {
        var time = services.GetService(typeof(TimeProvider)) as TimeProvider ?? TimeProvider.System;
        var tgi = TgiSettings.Read(settings, services);
        return new TgiBackend(tgi, new UpstreamHttp(_connections.Rent(), tgi.Upstream.ApiKey, time), time);
    }
}
