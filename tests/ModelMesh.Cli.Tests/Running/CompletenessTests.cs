using System.CommandLine;
using System.Text.RegularExpressions;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Tests.Fakes;

namespace ModelMesh.Cli.Tests.Running;

/// <summary>Every command explains itself, in its help and in docs/cli.md.</summary>
public sealed partial class CompletenessTests : CliTest
{
    private static readonly MeshRoot Root = new(new CliHost(new TestTerminal(), _ => null, TimeProvider.System));

    public static TheoryData<string> Paths => [.. All(Root, "mesh").Select(found => found.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Command_HasADescriptionForItselfAndForAllThatItTakes(string path)
    {
        var command = Find(path);

        Assert.NotEmpty(command.Description!);
        Assert.All(command.Options, option => Assert.False(string.IsNullOrWhiteSpace(option.Description), $"{option.Name} has no description"));
        Assert.All(command.Arguments, argument => Assert.False(string.IsNullOrWhiteSpace(argument.Description), $"{argument.Name} has no description"));
        Assert.All(command.Arguments, argument => Assert.False(string.IsNullOrWhiteSpace(argument.HelpName), $"{argument.Name} has no name for help"));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Command_HasExamplesThatItUnderstands(string path)
    {
        var examples = Find(path) switch { MeshCommand mesh => mesh.Examples, MeshRoot root => root.Examples, _ => [] };

        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Contains("mesh", example, StringComparison.Ordinal));
        foreach (var arguments in examples.SelectMany(Invocations))
        {
            Assert.Empty(Root.Parse(arguments).Errors.Select(error => $"{string.Join(' ', arguments)}: {error.Message}"));
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Help_OfACommand_ShowsItsExamples(string path)
    {
        Assert.Equal(0, await RunAsync([.. path.Split(' ')[1..], "--help"]));
        Assert.Contains("Examples:\n  ", Terminal.Output, StringComparison.Ordinal);
        Assert.Contains("Usage:", Terminal.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Documentation_NamesTheCommand(string path) => Assert.Contains(path, Documentation, StringComparison.Ordinal);

    [Fact]
    public async Task ExitCodes_AreInTheHelpAndInTheDocumentation()
    {
        Assert.Equal(0, await RunAsync("--help"));
        Assert.All(ExitCodes.All, row =>
        {
            Assert.Contains($"  {row.Code,-4} {row.Meaning}\n", Terminal.Output, StringComparison.Ordinal);
            Assert.Contains($"| {row.Code} | {row.Meaning} |", Documentation, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void GlobalOptions_AreInTheDocumentation() => Assert.All(Root.Globals.All, option => Assert.Contains($"`{option.Name}", Documentation, StringComparison.Ordinal));

    private static string Documentation { get; } = File.ReadAllText(Path.Combine(Repository.Root, "docs", "cli.md"));

    private static IEnumerable<(string Path, Command Command)> All(Command command, string path) =>
        command.Subcommands.Where(inner => !inner.Hidden).SelectMany(inner => All(inner, $"{path} {inner.Name}")).Prepend((path, command));

    private static Command Find(string path) => All(Root, "mesh").First(found => found.Path == path).Command;

    // The parts of a shell's line that call the program, without what the shell does itself.
    private static IEnumerable<string[]> Invocations(string example) => Pipe().Split(example)
        .Select(part => part.Replace("source <(", "", StringComparison.Ordinal).TrimEnd(')').Trim())
        .Select(part => part.StartsWith("MESH_", StringComparison.Ordinal) ? part[(part.IndexOf(' ', StringComparison.Ordinal) + 1)..] : part)
        .Where(part => part.StartsWith("mesh ", StringComparison.Ordinal) && !part.Contains("$(", StringComparison.Ordinal))
        .Select(part => part.Split(" > ")[0])
        .Select(part => Word().Matches(part).Select(match => Quotes().Replace(match.Value, "${text}")).Skip(1).ToArray());

    [GeneratedRegex(@" \| ", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pipe();

    [GeneratedRegex("""(?:[^\s'"]|'[^']*'|"[^"]*")+""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    [GeneratedRegex("'(?<text>[^']*)'|\"(?<text>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quotes();
}
