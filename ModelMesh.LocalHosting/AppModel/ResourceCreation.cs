using Microsoft.Extensions.Configuration;

namespace ModelMesh.LocalHosting;

/// <summary>The Add methods that AppHost uses, with Aspire's names and parameters.</summary>
public static class ResourceCreation
{
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name, string? launchProfileName = null)
        where TProject : IProjectMetadata, new() =>
        launchProfileName is null
            ? builder.AddResource(new ProjectResource(name, new TProject()))
            : throw new NotSupportedException("Launch profiles are not read: pass launchProfileName: null and name the endpoints.");

    public static IResourceBuilder<ExecutableResource> AddExecutable(
        this IDistributedApplicationBuilder builder, string name, string command, string workingDirectory, params string[] args) =>
        builder.AddResource(new ExecutableResource(name, command, Path.GetFullPath(workingDirectory, builder.AppHostDirectory), args));

    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, ReferenceExpression connectionStringExpression) =>
        builder.AddResource(new ConnectionStringResource(name, connectionStringExpression));

    /// <summary>A connection string from the configuration.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(this IDistributedApplicationBuilder builder, string name)
    {
        var value = builder.Configuration.GetConnectionString(name) ?? throw new LaunchException($"There is no connection string '{name}': set ConnectionStrings__{name}.");
        return builder.AddConnectionString(name, ReferenceExpression.Create($"{value}"));
    }
}
