using System.Text;
using System.Text.Json;

namespace ModelMesh.Contracts.Errors;

/// <summary>
/// Cuts an error to what fits in trailers. A client gives up on the whole call when they are larger than it takes (64 KB unless it was told
/// otherwise), and then cannot tell an answer from a dead connection.
/// </summary>
internal static class TrailerSize
{
    private const int MaxTextBytes = 1024;
    private const int MaxDetailsBytes = 8 * 1024;

    /// <summary>The text, or its first 1 KB as UTF-8 and an ellipsis. On the wire it may take three times as much: it is percent-encoded.</summary>
    public static string Text(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) <= MaxTextBytes)
        {
            return text;
        }

        var (bytes, length) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MaxTextBytes)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return string.Concat(text.AsSpan(0, length), "…");
    }

    /// <summary>The first details that take no more than 8 KB as JSON, one at least, and how many were left out.</summary>
    public static IReadOnlyList<ErrorDetail> Details(IReadOnlyList<ErrorDetail> details)
    {
        var kept = new List<ErrorDetail>();
        var bytes = 0;
        foreach (var detail in details)
        {
            var cut = new ErrorDetail(Text(detail.Field), Text(detail.Message));
            bytes += JsonSerializer.SerializeToUtf8Bytes(cut, ErrorJson.Default.ErrorDetail).Length;
            if (bytes > MaxDetailsBytes && kept.Count > 0)
            {
                kept.Add(new ErrorDetail("", $"{details.Count - kept.Count} more faults"));
                break;
            }

            kept.Add(cut);
        }

        return kept;
    }
}
