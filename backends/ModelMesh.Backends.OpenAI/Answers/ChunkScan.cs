namespace ModelMesh.Backends.OpenAI.Answers;

/// <summary>
/// Says of a chunk's bytes what cannot be in it, since each look-up in the SDK's raw JSON reads the chunk anew. True is "perhaps"; a text cannot hide anything: the
/// quotes within it are escaped.
/// </summary>
internal static class ChunkScan
{
    /// <summary>Whether there may be reasoning text, under either name.</summary>
    public static bool MayHaveReasoning(ReadOnlySpan<byte> data) => data.IndexOf("\"reasoning"u8) >= 0;

    /// <summary>Whether a choice may have another number than 0: there are several numbers, or the one there is says so.</summary>
    public static bool MayHaveIndex(ReadOnlySpan<byte> data)
    {
        var at = data.IndexOf("\"index\""u8);
        if (at < 0)
        {
            return false;
        }

        var after = AfterSpace(data[(at + "\"index\""u8.Length)..]);
        var value = after.StartsWith(":"u8) ? AfterSpace(after[1..]) : default;
        return value is not [(byte)'0', (byte)',' or (byte)'}', ..] || value.IndexOf("\"index\""u8) >= 0;
    }

    /// <summary>Whether an array may have a second element, as <c>choices</c> has with several: an object, then a comma and no name.</summary>
    public static bool MayHaveSecondElement(ReadOnlySpan<byte> data)
    {
        for (var at = data.IndexOf((byte)'}'); at >= 0; at = data.IndexOf((byte)'}'))
        {
            data = AfterSpace(data[(at + 1)..]);
            if (data.StartsWith(","u8) && !AfterSpace(data[1..]).StartsWith("\""u8))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<byte> AfterSpace(ReadOnlySpan<byte> data) => data.TrimStart(" \t\r\n"u8);
}
