namespace ModelMesh.Backends.Ollama.Pulling;

/// <summary>How far a pull is, over all layers it has named so far. One writer, any readers.</summary>
internal sealed class PullProgress
{
    private readonly Dictionary<string, (long Total, long Completed)> _layers = new(StringComparer.Ordinal);
    private int _percent = -1;

    /// <summary>From 0 to 100; null before the server has named a layer.</summary>
    public int? Percent => Volatile.Read(ref _percent) is var percent and >= 0 ? percent : null;

    public void Add(PullLine line)
    {
        if (line is not { Digest: { } digest, Total: { } total and > 0 })
        {
            return;
        }

        _layers[digest] = (total, Math.Clamp(line.Completed ?? 0, 0, total));
        var all = _layers.Values.Sum(layer => (double)layer.Total);
        var completed = _layers.Values.Sum(layer => (double)layer.Completed);
        Volatile.Write(ref _percent, (int)(100 * completed / all));
    }
}
