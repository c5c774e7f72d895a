namespace ModelMesh.Registry.Instances;

/// <summary>Who this process is to the rest of the mesh.</summary>
internal interface IInstanceIdentity
{
    /// <summary>Unique a process start.</summary>
    string Id { get; }
}
