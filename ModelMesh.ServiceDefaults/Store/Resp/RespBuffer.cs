namespace ModelMesh.ServiceDefaults.Store.Resp;

/// <summary>What was received and not read yet, in one piece. It grows as a reply needs, and is small again after it. Not thread-safe.</summary>
internal sealed class RespBuffer
{
    private const int Small = 8 * 1024;
    private const int MostKept = 256 * 1024;

    private byte[] _bytes = new byte[Small];
    private int _start;
    private int _end;

    public ReadOnlySpan<byte> Unread => _bytes.AsSpan(_start.._end);

    /// <summary>Where to receive into; never empty.</summary>
    public Memory<byte> Free()
    {
        if (_start > 0 && _end == _bytes.Length)
        {
            Unread.CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _bytes.Length)
        {
            Array.Resize(ref _bytes, 2 * _bytes.Length);
        }

        return _bytes.AsMemory(_end);
    }

    public void Received(int count) => _end += count;

    public void Read(int count)
    {
        _start += count;
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
            _bytes = _bytes.Length > MostKept ? new byte[Small] : _bytes;
        }
    }
}
