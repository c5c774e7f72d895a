using System.Text;

namespace ModelMesh.LocalHosting.Tests;

internal sealed class RecordingWriter : StringWriter
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];

    public override Encoding Encoding => Encoding.UTF8;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    public override void WriteLine(string? value)
    {
        lock (_lock)
        {
            _lines.Add(value ?? string.Empty);
        }
    }
}
