using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Wire.OpenAIWire.Answers;

/// <summary>Knows which of a stream's answers have begun and which have finished. Not thread-safe.</summary>
internal sealed class ChoiceTally(int wanted)
{
    private readonly HashSet<int> _begun = [];
    private readonly HashSet<int> _finished = [];
    private int _last = -1;

    /// <summary>Whether every answer that was asked for, and every one that began, has finished.</summary>
    public bool AllFinished => _finished.Count >= wanted && _begun.IsSubsetOf(_finished);

    /// <summary>The answers that were asked for and have not finished; the first where all have.</summary>
    public IReadOnlyList<int> Unfinished => [.. Enumerable.Range(0, wanted).Except(_finished).DefaultIfEmpty(0)];

    public void Count(BackendUpdate update)
    {
        if (update.Choice != _last)
        {
            _last = update.Choice;
            _begun.Add(_last);
        }

        if (update.FinishReason is not null)
        {
            _finished.Add(update.Choice);
        }
    }
}
