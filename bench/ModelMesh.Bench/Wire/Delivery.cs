namespace ModelMesh.Bench.Wire;

/// <summary>How much of an answer one read, or one write of the server, holds.</summary>
public enum Delivery
{
    /// <summary>16 KB, as when the reader is behind.</summary>
    Blocks,

    /// <summary>One chunk, as from a model that has just made a token.</summary>
    Chunks,

    /// <summary>One chunk, for which the reader has to wait: every read is pending when it is made.</summary>
    AwaitedChunks,
}
