using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.Ollama.Answers;

/// <summary>Holds the pieces of tool calls until the answer's end: pieces of calls may come by turns, so none is known to be complete before it.</summary>
internal sealed class ToolCallBuffer
{
    private const int MaxCalls = 1024;
    private const int MaxChars = 16 * 1024 * 1024;
    private readonly SortedDictionary<int, WholeToolCall> _calls = [];
    private int _chars;

    /// <summary>In the order of their index.</summary>
    public IReadOnlyCollection<WholeToolCall> Calls => _calls.Values;

    /// <exception cref="MeshException"><c>backend_error</c>: there are more than a stream may hold back.</exception>
    public void Add(ToolCallDelta piece)
    {
        if (!_calls.TryGetValue(piece.Index, out var call))
        {
            _calls.Add(piece.Index, call = new WholeToolCall());
        }

        _chars += piece.Arguments.Length;
        if (_chars > MaxChars || _calls.Count > MaxCalls)
        {
            throw new MeshException(ErrorCode.BackendError, $"The model's tool calls are more than {MaxCalls}, or their arguments longer than {MaxChars} characters.");
        }

        call.Add(piece);
    }
}
