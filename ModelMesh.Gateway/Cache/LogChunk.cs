namespace ModelMesh.Gateway.Cache;

/// <summary>A part of an <see cref="AnswerLog"/>. It holds whole events.</summary>
internal sealed class LogChunk(byte[] bytes)
{
    public LogChunk(int size)
        : this(new byte[size])
    {
    }

    public byte[] Bytes => bytes;

    public int Written { get; set; }

    public LogChunk? Next { get; set; }
}
