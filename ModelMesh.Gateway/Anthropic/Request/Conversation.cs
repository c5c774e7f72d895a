using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Anthropic.Request;

/// <summary>The messages that a request is made of, and where in the client's body each of them was: one of the client's messages may become several.</summary>
internal sealed class Conversation
{
    private readonly List<(string Path, IReadOnlyList<string> Parts)> _origins = [];

    public List<ChatMessage> Messages { get; } = [];

    /// <param name="path">What the message was made of.</param>
    /// <param name="parts">What each of its parts was made of.</param>
    public void Add(ChatMessage message, string path, IReadOnlyList<string> parts)
    {
        Messages.Add(message);
        _origins.Add((path, parts));
    }

    public string PathOf(int message) => _origins[message].Path;

    public string PathOf(int message, int part) => part < _origins[message].Parts.Count ? _origins[message].Parts[part] : PathOf(message);
}
