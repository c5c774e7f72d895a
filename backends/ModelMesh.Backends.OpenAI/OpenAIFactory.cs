using ModelMesh.Backends.OpenAI.Clients;
using ModelMesh.Backends.OpenAI.Settings;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;

[assembly: BackendFactory(typeof(ModelMesh.Backends.OpenAI.OpenAIFactory))]

namespace ModelMesh.Backends.OpenAI;

/// <summary>The backend type <c>openai</c>: models of OpenAI, through its official package.</summary>
public sealed class OpenAIFactory : IBackendFactory
{
    private readonly UpstreamConnections _connections = new();

    /// <inheritdoc/>
    public string Type => "openai";

    /// <inheritdoc/>
    public IBackend Create(BackendSettings settings, IServiceProvider services)
    {
        var read = OpenAISettings.Read(settings, Type, services);
        var time = services.GetService(typeof(TimeProvider)) as TimeProvider ?? TimeProvider.System;
        return new OpenAIBackend(new OpenAIClients(_connections.Rent(), read, time), read, time);
    }
}
