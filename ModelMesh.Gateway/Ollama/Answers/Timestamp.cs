using System.Buffers.Text;
using System.Diagnostics;

namespace ModelMesh.Gateway.Ollama.Answers;

/// <summary>A moment as <c>created_at</c> has it: RFC 3339, in UTC.</summary>
internal static class Timestamp
{
    /// <summary>How many bytes it takes.</summary>
    public const int Length = 28;

    public static void Write(DateTimeOffset moment, Span<byte> destination)
    {
        var done = Utf8Formatter.TryFormat(moment.UtcDateTime, destination, out var written, 'O');
        Debug.Assert(done && written == Length, "a moment in UTC has one length");
    }
}
