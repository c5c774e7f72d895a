using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace ModelMesh.LocalHosting;

internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly List<Resource> _resources = [];

    public DistributedApplicationBuilder(string[] args, string appHostDirectory)
    {
        AppHostDirectory = appHostDirectory;
        Configuration = new ConfigurationManager();
        Configuration.AddJsonFile(Path.Combine(appHostDirectory, "appsettings.json"), optional: true, reloadOnChange: false)
            .AddEnvironmentVariables()
            .AddCommandLine(args);
    }

    public ConfigurationManager Configuration { get; }

    public string AppHostDirectory { get; }

    /// <summary>Where the launcher and its resources print.</summary>
    public LaunchOutput Output { get; set; } = LaunchOutput.ToConsole();

    /// <summary>LocalHosting.targets stamps the AppHost's folder into its assembly, as Aspire does.</summary>
    public static string DirectoryOf(Assembly? appHost) =>
        appHost?.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(metadata => metadata.Key == "apphostprojectpath")?.Value
        ?? Directory.GetCurrentDirectory();

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        if (_resources.Exists(other => string.Equals(other.Name, resource.Name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new InvalidOperationException($"There is a resource named '{resource.Name}' already.");
        }

        _resources.Add((Resource)(object)resource);
        return new ResourceBuilder<T>(resource, this);
    }

    public DistributedApplication Build()
    {
        TestingHook.Current?.TakeOver(this);
        return BuildApplication();
    }

    internal DistributedApplication BuildApplication() => new(_resources, Configuration, Output);
}
