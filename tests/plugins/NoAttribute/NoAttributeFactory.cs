using ModelMesh.Backends.Sdk;

namespace NoAttribute;

/// <summary>A factory that nothing names.</summary>
public sealed class NoAttributeFactory : IBackendFactory
{
    public string Type => "no-attribute";

    public IBackend Create(BackendSettings settings, IServiceProvider services) => throw new NotSupportedException();
}
