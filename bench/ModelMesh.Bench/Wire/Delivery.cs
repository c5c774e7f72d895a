namespace ModelMesh.Bench.Wire;

/// <summary>How much of an answer one read, or one write of the server, holds.</summary>
public enum Delivery
{
    /// <summary>One chunk, as from a model that has just made a token.</summary>
    ChunkByChunk,

    /// <summary>16 KB, as when the reader is behind.</summary>
    Blocks,
}
