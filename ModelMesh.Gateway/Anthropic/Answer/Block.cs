using System.Text;

namespace ModelMesh.Gateway.Anthropic.Answer;

internal enum BlockKind
{
    Text,
    Thinking,
    ToolUse,
}

/// <summary>One block of a streamed message's content, open or waiting until those before it have ended.</summary>
internal sealed class Block(BlockKind kind)
{
    private readonly ObjectEnd _end = new();
    private StringBuilder _text = new();

    public BlockKind Kind => kind;

    /// <summary>A call's.</summary>
    public string Id { get; init; } = "";

    /// <summary>A call's.</summary>
    public string Name { get; init; } = "";

    public bool HasEnded { get; private set; }

    /// <summary>Whether another block may follow it. Words may go on in a block of their own later; a call may not, so it has to be whole.</summary>
    public bool MayEnd => kind != BlockKind.ToolUse || _end.IsReached;

    /// <summary>What was kept of it.</summary>
    public string Kept => _text.ToString();

    /// <summary>In characters.</summary>
    public int KeptLength => _text.Length;

    public void Keep(string text)
    {
        _text.Append(text);
        if (kind == BlockKind.ToolUse)
        {
            _end.Follow(text);
        }
    }

    /// <summary>It is sent: nothing of it is kept any longer.</summary>
    public void End()
    {
        HasEnded = true;
        _text = new StringBuilder();
    }
}
