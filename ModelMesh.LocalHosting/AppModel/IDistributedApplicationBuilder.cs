using Microsoft.Extensions.Configuration;

namespace ModelMesh.LocalHosting;

public interface IDistributedApplicationBuilder
{
    /// <summary><c>appsettings.json</c> of the AppHost's folder, environment variables and command line; the later of these wins.</summary>
    ConfigurationManager Configuration { get; }

    /// <summary>The folder of the AppHost's project.</summary>
    string AppHostDirectory { get; }

    IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource;

    DistributedApplication Build();
}
