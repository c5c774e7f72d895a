namespace ModelMesh.LocalHosting;

/// <summary>Something the application consists of. The interfaces carry Aspire's names, so that one AppHost.cs compiles against either.</summary>
public interface IResource
{
    string Name { get; }
}

public interface IResourceWithConnectionString : IResource;

public interface IResourceWithServiceDiscovery : IResource;

public interface IResourceWithEnvironment : IResource;

public interface IResourceWithEndpoints : IResource;

public interface IResourceWithArgs : IResource;

public interface IResourceWithWaitSupport : IResource;
