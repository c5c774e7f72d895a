using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Anthropic.Request;

/// <summary>Collects the texts and images of one message. One text alone becomes the message's content, since that is what every backend takes.</summary>
internal sealed class MessageParts
{
    private readonly List<ContentPart> _parts = [];
    private readonly List<string> _paths = [];

    public int Count => _parts.Count;

    public void Add(ContentPart part, string path)
    {
        _parts.Add(part);
        _paths.Add(path);
    }

    public void AddTo(Conversation conversation, ChatMessage message, string path)
    {
        if (_parts is [{ PartCase: ContentPart.PartOneofCase.Text } text])
        {
            message.Content = text.Text;
        }
        else
        {
            message.Parts.AddRange(_parts);
        }

        conversation.Add(message, path, _paths);
    }
}
