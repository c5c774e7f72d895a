namespace ModelMesh.LocalHosting;

/// <summary>A .NET project of the solution, run from its build output.</summary>
public sealed class ProjectResource(string name, IProjectMetadata project)
    : ProcessResource(name, Path.GetDirectoryName(project.ProjectPath)!), IResourceWithServiceDiscovery
{
    internal override string Command => DotnetHost.Path;

    internal override IEnumerable<string> CommandArgs => [project.TargetPath];

    internal override bool RestartsWhenItDies => false;
}
