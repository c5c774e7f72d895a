namespace ModelMesh.Bench.Compare.Load;

/// <summary>What a client does beside reading its answer to the end.</summary>
internal enum ClientBehaviour
{
    /// <summary>Reads to the end and keeps its connection for the next request.</summary>
    Stays,

    /// <summary>Comes on a new connection, and closes it after the first tokens of the answer.</summary>
    Leaves,
}
