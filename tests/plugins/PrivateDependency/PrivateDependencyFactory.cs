using ModelMesh.Backends.Sdk;

[assembly: BackendFactory(typeof(PrivateDependency.PrivateDependencyFactory))]

namespace PrivateDependency;

/// <summary>Takes its very type's name from a library that it brings along.</summary>
public sealed class PrivateDependencyFactory : IBackendFactory
{
    public string Type => PrivateLib.Names.Of("private");

    public IBackend Create(BackendSettings settings, IServiceProvider services) => throw new NotSupportedException();
}
