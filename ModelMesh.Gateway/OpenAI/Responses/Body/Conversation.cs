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
    private readonly List<string> _sources = [];
    private ChatMessage? _open;
    private string _openSource = "";
    private bool _said;

    public IReadOnlyList<ChatMessage> Messages => _messages;

    /// <summary>The path of the field or the first item that each message was made of.</summary>
    public IReadOnlyList<string> Sources => _sources;

    /// <summary>A message of anybody else's.</summary>
    public void Add(ChatMessage message, string source)
    {
        // 4
        Close();
        _messages.Add(message);
        _sources.Add(source);
    }

    public void Think(string text, string source)
    {
        // 1
        if (_said || _open is { ToolCalls.Count: > 0 })
        {
            Close();
        }

        Open(source).Reasoning += text;
    }

    public void Say(ChatMessage words, string source)
    {
        // 2
        if (_said)
        {
            Close();
        }

        var open = Open(source);
        open.Content = words.Content;
        open.Parts.AddRange(words.Parts);
        open.ExtraJson = words.ExtraJson;
        _said = true;
    }

    // 3
    public void Call(ToolCall call, string source) => Open(source).ToolCalls.Add(call);

    /// <summary>Nothing more comes.</summary>
    public void Close()
    {
        if (_open is not null && (_said || _open.ToolCalls.Count > 0))
        {
            _messages.Add(_open);
            _sources.Add(_openSource);
        }

        (_open, _said) = (null, false);
    }

    private ChatMessage Open(string source)
    {
        if (_open is null)
        {
            (_open, _openSource) = (new ChatMessage { Role = Assistant }, source);
        }

        return _open;
    }
}
