namespace ModelMesh.LocalHosting;

/// <summary>Where a project is and what it builds to; LocalHosting.targets writes one class a project, as Aspire's SDK does.</summary>
public interface IProjectMetadata
{
    string ProjectPath { get; }

    string TargetPath { get; }
}
