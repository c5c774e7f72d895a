namespace ModelMesh.Cli.Chat;

/// <summary>What begins with a slash: it is for the program, not for the model.</summary>
internal sealed class ChatWords(Conversation conversation)
{
    private const string Help = """
        /model NAME[@VERSION]  talk to another model; the conversation goes on
        /system TEXT           what the model is told first; nothing: nothing
        /reset                 forget the conversation
        /history               what was said so far
        /exit                  leave, as Ctrl+D does
        Ctrl+C stops an answer. A line that begins with // is sent with one slash.
        """;

    /// <returns>What to tell the user, and whether to leave.</returns>
    public (string Reply, bool Leaves) Take(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var (word, rest) = space < 0 ? (line, "") : (line[..space], line[(space + 1)..].Trim());
        switch (word)
        {
            case "/exit" or "/quit":
                return ("", true);
            case "/help":
                return (Help, false);
            case "/reset":
                conversation.Reset();
                return ("Forgotten.", false);
            case "/history":
                return (conversation.Messages.Count == 0 ? "Nothing was said yet." : string.Join('\n', conversation.Messages.Select(message => $"{message.Role}: {message.Text}")), false);
            case "/model" when rest.Length > 0:
                conversation.Model = rest;
                return ($"Now it is {rest}.", false);
            case "/model":
                return (conversation.Model, false);
            case "/system":
                conversation.System = rest;
                return (rest.Length == 0 ? "No system message." : "It is told that first.", false);
            default:
                return ($"There is no {word}; /help says what there is.", false);
        }
    }
}
