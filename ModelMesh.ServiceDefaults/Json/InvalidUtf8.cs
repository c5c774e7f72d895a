using System.Buffers;
using System.Text;

namespace ModelMesh.ServiceDefaults.Json;

internal static class InvalidUtf8
{
    /// <summary>Where the first byte sequence starts that is not UTF-8; the length when there is none.</summary>
    public static int IndexIn(ReadOnlySpan<byte> bytes)
    {
        var index = 0;
        while (index < bytes.Length && Rune.DecodeFromUtf8(bytes[index..], out _, out var consumed) == OperationStatus.Done)
        {
            index += consumed;
        }

        return index;
    }
}
