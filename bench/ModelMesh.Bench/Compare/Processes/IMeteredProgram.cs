namespace ModelMesh.Bench.Compare.Processes;

/// <summary>A program whose use is measured, with all processes of the group that it founded.</summary>
internal interface IMeteredProgram
{
    /// <summary>What it is called in results.</summary>
    string Name { get; }

    /// <summary>Whether it is a part of a contender.</summary>
    bool UnderTest { get; }

    /// <summary>The process that founded the group.</summary>
    int Id { get; }
}
