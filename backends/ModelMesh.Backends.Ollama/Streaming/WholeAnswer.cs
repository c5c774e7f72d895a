using System.Buffers;
using ModelMesh.Backends.Wire.Streaming;

namespace ModelMesh.Backends.Ollama.Streaming;

/// <summary>
/// Reads an answer that came as one JSON text, which may go over many lines: they are joined until they make one. For one answer.
/// </summary>
internal sealed class WholeAnswer
{
    private readonly ArrayBufferWriter<byte> _lines = new();

    public ChatLine Read(ReadOnlySpan<byte> line)
    {
        if (_lines.WrittenCount == 0 && ChatLine.Read(line) is { IsMalformed: false } whole)
        {
            return whole;
        }

        if (_lines.WrittenCount + line.Length > JsonLines.MaxLine)
        {
            return new(default, IsMalformed: true);
        }

        _lines.Write(line);
        if (line[^1] == (byte)'}' && ChatLine.Read(_lines.WrittenSpan) is { IsMalformed: false } joined)
        {
            _lines.Clear();
            return joined;
        }

        return default;
    }
}
