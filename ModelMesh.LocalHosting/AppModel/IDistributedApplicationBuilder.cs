using Microsoft.Extensions.Configuration;

namespace ModelMesh.LocalHosting;

public interface IDistributedApplicationBuilder
{
    /// <summary>Environment variables and command line; the latter wins.</summary>
    ConfigurationManager Configuration { get; }

    /// <summary>The folder of the AppHost's project.</summary>
    string AppHostDirectory { get; }

    IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource;

    DistributedApplication Build();
}
