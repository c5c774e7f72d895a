using System.CommandLine;
using System.Text.RegularExpressions;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Completion;

/// <summary><c>mesh complete</c>, which shells' scripts ask: the words that may stand at the end of a command line, one a line.</summary>
internal sealed partial class CompleteCommand : ActingCommand
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
        var upToSign = OptionWithSign().Match(word).Value;
        var wanted = word[upToSign.Length..];
        // System.CommandLine fails at --option=value, also offers words that have the typed one anywhere, and /h for --help.
        var spaced = OptionWithSign().Replace(typed, "${option} ");
        string[] words = [.. root.Parse(spaced).GetCompletions(spaced.Length)
            .Select(item => item.InsertText ?? item.Label)
            .Where(text => text.StartsWith(wanted, StringComparison.Ordinal) && !text.StartsWith('/') && text is not ("-?" or "-h"))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];
        if (upToSign.Length > 0)
        {
            return words.Where(text => !IsOption(text)).Select(text => upToSign + text);
        }

        // Options stand beside everything; before their dash is typed they would bury it.
        return Array.TrueForAll(words, IsOption) || word.Length > 0 ? words : words.Where(text => !IsOption(text));
    }

    [GeneratedRegex(@"(?<=^|\s)(?<option>--[a-z0-9-]+)=", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OptionWithSign();
}
