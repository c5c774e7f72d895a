using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.Anthropic.Answer;

/// <summary>
/// Sends the blocks of a message one after the other, as this API has them, where a backend may send pieces of several calls in turns. The first block
/// in line is open and goes out as it comes; the others wait until it has ended. Only a call that is not whole keeps others waiting.
/// </summary>
internal sealed class BlockStream(AnswerOutput output, string requestId)
{
    // A call is kept to be looked at when it ends, what waits to be sent; no tool takes as much.
    private const int MaxKeptChars = 16 * 1024 * 1024;
    private readonly BlockEvents _events = new(output);
    private readonly List<Block> _line = [];
    private readonly Dictionary<int, Block> _calls = [];
    private long _kept;

    public bool HasCalls => _calls.Count > 0;

    /// <summary>A piece of text or of thinking.</summary>
    public void Words(BlockKind kind, string text)
    {
        // Nearly all of an answer; it costs no object.
        if (_line.Count == 1 && _line[0].Kind == kind)
        {
            _events.Piece(text);
            return;
        }

        var block = _line.Count > 0 && _line[^1].Kind == kind ? _line[^1] : Queue(new Block(kind));
        if (_line[0] == block)
        {
            _events.Piece(text);
        }
        else
        {
            Keep(block, text);
        }
    }

    /// <exception cref="MeshException">The call has no name, goes on after its end, or is longer than can be kept.</exception>
    public void Call(ToolCallDelta piece)
    {
        if (!_calls.TryGetValue(piece.Index, out var block))
        {
            block = new Block(BlockKind.ToolUse)
            {
                Id = ToolUse.IdOf(piece.Id, requestId, piece.Index),
                Name = piece.Name.Length > 0 ? piece.Name : throw ToolUse.NoName(),
            };
            _calls.Add(piece.Index, block);
            Queue(block);
        }

        // White space before an object says nothing, and is no object for a client where nothing follows.
        var text = block.KeptLength == 0 ? piece.Arguments.TrimStart() : piece.Arguments;
        if (block.HasEnded)
        {
            ThrowIfMore(block, text);
            return;
        }

        Keep(block, text);
        if (_line[0] == block && text.Length > 0)
        {
            _events.Piece(text);
        }

        Advance();
    }

    /// <param name="isCut">Whether the answer was cut: its last call need not be whole then.</param>
    /// <exception cref="MeshException">The arguments of a call are no object.</exception>
    public void End(bool isCut)
    {
        while (_line.Count > 0)
        {
            EndFirst(isCut);
        }
    }

    private static void ThrowIfMore(Block block, string text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            throw CallArguments.NoObject(block.Name);
        }
    }

    private Block Queue(Block block)
    {
        _line.Add(block);
        if (_line.Count == 1)
        {
            _events.Start(block);
        }

        Advance();
        return block;
    }

    private void Keep(Block block, string text)
    {
        _kept += text.Length;
        if (_kept > MaxKeptChars)
        {
            throw new MeshException(ErrorCode.BackendError, $"The answer's calls are longer than {MaxKeptChars} characters, the most that is kept to be sent in order.");
        }

        block.Keep(text);
    }

    private void Advance()
    {
        while (_line.Count > 1 && _line[0].MayEnd)
        {
            EndFirst(isCut: false);
        }
    }

    private void EndFirst(bool isCut)
    {
        var ended = _line[0];
        if (ended is { Kind: BlockKind.ToolUse, KeptLength: > 0 } && !isCut && CallArguments.Read(ended.Kept) is null)
        {
            throw CallArguments.NoObject(ended.Name);
        }

        _events.Stop(ended);
        _kept -= ended.KeptLength;
        ended.End();
        _line.RemoveAt(0);
        if (_line.Count > 0)
        {
            _events.Start(_line[0]);
            if (_line[0].KeptLength > 0)
            {
                _events.Piece(_line[0].Kept);
            }
        }
    }
}
