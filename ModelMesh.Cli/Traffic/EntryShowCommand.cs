using System.CommandLine;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Traffic;

/// <summary><c>show</c>: an entry has no more to show than its JSON.</summary>
internal sealed class EntryShowCommand : ActingCommand
{
    private readonly EntryKind _kind;
    private readonly Argument<string> _name;

    public EntryShowCommand(EntryKind kind, Argument<string> name)
        : base("show", $"Shows one of the {kind.Collection} as JSON", $"mesh {kind.Collection} show NAME")
    {
        _kind = kind;
        _name = With(name);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        context.PrintJson((await context.Registry.EntryAsync(_kind.Collection, context.Get(_name), cancellationToken)).Text);
        return ExitCodes.Ok;
    }
}
