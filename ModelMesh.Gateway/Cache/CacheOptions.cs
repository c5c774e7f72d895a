namespace ModelMesh.Gateway.Cache;

/// <summary>How answers are kept for requests that are exactly the same (section <c>Cache</c>).</summary>
internal sealed class CacheOptions
{
    /// <summary>
    /// The longest answer that is kept, in bytes; from 1,024 to 16,777,216. A longer one is sent as any other and not kept. Of an answer that several clients
    /// share, one that takes it slower than the others may be this far behind.
    /// </summary>
    public int MaxEntryBytes { get; set; } = 1024 * 1024;

    /// <summary>The most that is kept in the whole mesh, in bytes; at least <see cref="MaxEntryBytes"/>, at most 1,099,511,627,776. What expires first goes first.</summary>
    public long MaxBytes { get; set; } = 256 * 1024 * 1024;
}
