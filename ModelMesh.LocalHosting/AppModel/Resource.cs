namespace ModelMesh.LocalHosting;

public abstract class Resource(string name) : IResource
{
    public string Name { get; } = name;

    /// <summary>Healthy before this one is started.</summary>
    internal List<Resource> WaitsFor { get; } = [];

    internal HealthState Health { get; } = new();
}
