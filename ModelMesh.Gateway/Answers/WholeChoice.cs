using System.Text;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Answers;

/// <summary>One of the answers to a request, joined of its deltas.</summary>
internal sealed class WholeChoice
{
    private readonly StringBuilder _text = new();

    // Most answers are text alone.
    private StringBuilder? _reasoning;
    private StringBuilder? _refusal;
    private SortedDictionary<int, WholeToolCall>? _calls;
    private List<TokenLogprob>? _logprobs;

    public string Text => _text.ToString();

    public string Reasoning => _reasoning?.ToString() ?? "";

    /// <summary>Empty where nothing was refused.</summary>
    public string Refusal => _refusal?.ToString() ?? "";

    /// <summary>In the order of their index.</summary>
    public IReadOnlyCollection<WholeToolCall> ToolCalls => _calls is null ? [] : _calls.Values;

    public IReadOnlyList<TokenLogprob> Logprobs => _logprobs ?? [];

    public void Add(Delta delta)
    {
        _text.Append(delta.Text);
        Join(ref _reasoning, delta.Reasoning);
        Join(ref _refusal, delta.Refusal);
        if (delta.Logprobs.Count > 0)
        {
            (_logprobs ??= []).AddRange(delta.Logprobs);
        }

        if (delta.ToolCall is { } piece)
        {
            Call(piece.Index).Add(piece);
        }
    }

    private static void Join(ref StringBuilder? to, string piece)
    {
        if (piece.Length > 0)
        {
            (to ??= new StringBuilder()).Append(piece);
        }
    }

    private WholeToolCall Call(int index)
    {
        _calls ??= [];
        if (!_calls.TryGetValue(index, out var call))
        {
            _calls.Add(index, call = new WholeToolCall());
        }

        return call;
    }
}
