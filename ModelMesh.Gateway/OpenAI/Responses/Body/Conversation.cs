using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.OpenAI.Responses.Body;

/// <summary>
/// Joins items to messages: what an assistant thought, said and called, one after the other, is one message.
/// 1. A thought begins a new message, unless all that the open one holds is thoughts.
/// 2. Words go into the open message, unless it has some.
/// 3. Calls go into the open message.
/// 4. Everything else ends it. Thoughts that nothing followed are left out: no backend takes a message of them alone.
/// </summary>
internal sealed class Conversation
{
    private const string Assistant = "assistant";
    private readonly List<ChatMessage> _messages = [];
    private ChatMessage? _open;
    private bool _said;

    /// <summary>A message of anybody else's.</summary>
    public void Add(ChatMessage message)
    {
        // 4
        Close();
        _messages.Add(message);
    }

    public void Think(string text)
    {
        // 1
        if (_said || _open is { ToolCalls.Count: > 0 })
        {
            Close();
        }

        Open().Reasoning += text;
    }

    public void Say(ChatMessage words)
    {
        // 2
        if (_said)
        {
            Close();
        }

        var open = Open();
        open.Content = words.Content;
        open.Parts.AddRange(words.Parts);
        open.ExtraJson = words.ExtraJson;
        _said = true;
    }

    // 3
    public void Call(ToolCall call) => Open().ToolCalls.Add(call);

    public IReadOnlyList<ChatMessage> Messages()
    {
        Close();
        return _messages;
    }

    private ChatMessage Open() => _open ??= new ChatMessage { Role = Assistant };

    private void Close()
    {
        if (_open is not null && (_said || _open.ToolCalls.Count > 0))
        {
            _messages.Add(_open);
        }

        (_open, _said) = (null, false);
    }
}
