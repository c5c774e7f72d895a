using System.Text;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Answers;

/// <summary>One of the answers to a request, joined of its deltas.</summary>
internal sealed class WholeChoice
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _reasoning = new();
    private readonly StringBuilder _refusal = new();
    private readonly SortedDictionary<int, WholeToolCall> _calls = [];
    private readonly List<TokenLogprob> _logprobs = [];

    public string Text => _text.ToString();

    public string Reasoning => _reasoning.ToString();

    /// <summary>Empty where nothing was refused.</summary>
    public string Refusal => _refusal.ToString();

    /// <summary>In the order of their index.</summary>
    public IReadOnlyCollection<WholeToolCall> ToolCalls => _calls.Values;

    public IReadOnlyList<TokenLogprob> Logprobs => _logprobs;

    public void Add(Delta delta)
    {
        _text.Append(delta.Text);
        _reasoning.Append(delta.Reasoning);
        _refusal.Append(delta.Refusal);
        _logprobs.AddRange(delta.Logprobs);
        if (delta.ToolCall is { } piece)
        {
            if (!_calls.TryGetValue(piece.Index, out var call))
            {
                _calls.Add(piece.Index, call = new WholeToolCall());
            }

            call.Add(piece);
        }
    }
}
