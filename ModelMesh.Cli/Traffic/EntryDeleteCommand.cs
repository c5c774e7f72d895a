using System.CommandLine;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Traffic;

/// <summary><c>delete</c></summary>
internal sealed class EntryDeleteCommand : ActingCommand
{
    private readonly EntryKind _kind;
    private readonly Argument<string> _name;
    private readonly Option<bool> _yes = CommonOptions.Yes();

    public EntryDeleteCommand(EntryKind kind, Argument<string> name)
        : base("delete", $"Deletes one of the {kind.Collection}", $"mesh {kind.Collection} delete NAME --yes")
    {
        _kind = kind;
        _name = With(name);
        With(_yes);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var name = context.Get(_name);
        await Confirmation.AskAsync(context, context.Get(_yes), $"Delete the {_kind.One} {name}?", cancellationToken);
        await context.Registry.DeleteEntryAsync(_kind.Collection, name, cancellationToken);
        context.Say($"Deleted the {_kind.One} {name}.");
        return ExitCodes.Ok;
    }
}
