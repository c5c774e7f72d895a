using System.CommandLine;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Traffic;

/// <summary>The command of a kind of entries: by itself the list, and <c>list</c>, <c>show</c>, <c>set</c> and <c>delete</c> below it.</summary>
internal abstract class EntryGroup : ActingCommand
{
    private readonly EntryKind _kind;

    protected EntryGroup(EntryKind kind, string description, EntrySetCommand set, params string[] examples)
        : base(kind.Collection, description, examples)
    {
        _kind = kind;
        Add(new EntryListCommand(kind));
        Add(new EntryShowCommand(kind, NameArgument(kind)));
        Add(set);
        Add(new EntryDeleteCommand(kind, NameArgument(kind)));
    }

    public static Argument<string> NameArgument(EntryKind kind) => new("name") { Description = $"The name of the {kind.One}", HelpName = "NAME" };

    protected override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken) => EntryListCommand.ListAsync(_kind, context, cancellationToken);
}
