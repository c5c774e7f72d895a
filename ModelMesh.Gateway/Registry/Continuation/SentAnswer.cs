using System.Text;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Registry.Continuation;

/// <summary>What of an answer has gone out. Not a record: its text must not be printable by accident.</summary>
internal sealed class SentAnswer
{
    private readonly StringBuilder _text = new();
    private bool _isPlain = true;

    public string Text => _text.ToString();

    /// <summary>How many pieces, which is about as many tokens.</summary>
    public int Pieces { get; private set; }

    /// <summary>Whether it can be taken up: it is text. Thoughts alone cannot; before a text they are not sent back, as they are over.</summary>
    public bool CanBeTakenUp => _isPlain && _text.Length > 0;

    public void Add(InferEvent sent)
    {
        foreach (var delta in sent.Deltas?.Items ?? [])
        {
            _isPlain &= ContinuationRules.Allow(delta);
            _text.Append(delta.Text);
            Pieces++;
        }
    }
}
