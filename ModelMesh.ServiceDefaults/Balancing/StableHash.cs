namespace ModelMesh.ServiceDefaults.Balancing;

/// <summary>
/// A hash of text that is the same in every process, and no secret: FNV-1a over the characters, then the finish of SplitMix64, without which texts that differ at the end would
/// hash alike in their upper bits. No allocation.
/// </summary>
public static class StableHash
{
    /// <summary>What <see cref="Add"/> starts from.</summary>
    public const ulong Start = 14695981039346656037;

    public static ulong Of(ReadOnlySpan<char> text) => Mix(Add(Start, text));

    /// <summary>Goes on with more text; <see cref="Mix"/> finishes it.</summary>
    public static ulong Add(ulong hash, ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            hash = (hash ^ character) * 1099511628211;
        }

        return hash;
    }

    /// <summary>Spreads every bit over all of them.</summary>
    public static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 31);
    }
}
