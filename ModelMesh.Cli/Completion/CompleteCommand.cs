using System.CommandLine;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Completion;

/// <summary><c>mesh complete</c>, which shells' scripts ask: the words that may stand at the end of a command line, one a line.</summary>
internal sealed class CompleteCommand : ActingCommand
{
    private readonly Argument<string> _line = new("line") { Description = "The command line up to the cursor, with the program's name", HelpName = "LINE" };

    public CompleteCommand()
        : base("complete", "Prints what may complete a command line", "mesh complete -- \"mesh mod\"")
    {
        Hidden = true;
        With(_line);
    }

    protected override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        foreach (var word in Words(MeshRoot.Of(context.Arguments), context.Get(_line)))
        {
            context.Terminal.Out.WriteLine(word);
        }

        return Task.FromResult(ExitCodes.Ok);
    }

    private static bool IsOption(string text) => text.StartsWith('-');

    private static IEnumerable<string> Words(MeshRoot root, string line)
    {
        var begin = line.TrimStart();
        var space = begin.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0)
        {
            return [];
        }

        var typed = begin[(space + 1)..];
        var word = typed[(typed.LastIndexOf(' ') + 1)..];
        // System.CommandLine also offers words that have the typed one anywhere, and /h for --help.
        string[] words = [.. root.Parse(typed).GetCompletions(typed.Length)
            .Select(item => item.InsertText ?? item.Label)
            .Where(text => text.StartsWith(word, StringComparison.Ordinal) && !text.StartsWith('/') && text is not ("-?" or "-h"))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
        // Options stand beside everything; before their dash is typed they would bury it.
        return Array.TrueForAll(words, IsOption) || word.Length > 0 ? words : words.Where(text => !IsOption(text));
    }
}
