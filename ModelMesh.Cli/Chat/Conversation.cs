namespace ModelMesh.Cli.Chat;

/// <summary>What was said so far, and to whom. A question whose answer failed is taken back.</summary>
internal sealed class Conversation(string model, string? system)
{
    private readonly List<(string Role, string Text)> _messages = [];

    public string Model { get; set; } = model;

    public string? System { get; set; } = system;

    public IReadOnlyList<(string Role, string Text)> Messages => _messages;

    public void Ask(string text) => _messages.Add(("user", text));

    /// <summary>The answer to the last question; an empty one takes the question back.</summary>
    public void Answer(string text)
    {
        if (text.Length == 0)
        {
            _messages.RemoveAt(_messages.Count - 1);
            return;
        }

        _messages.Add(("assistant", text));
    }

    public void Reset() => _messages.Clear();
}
