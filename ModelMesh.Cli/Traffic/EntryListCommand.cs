using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Traffic;

/// <summary><c>list</c></summary>
internal sealed class EntryListCommand(EntryKind kind) : ActingCommand("list", $"Lists {kind.Collection}", $"mesh {kind.Collection} list", $"mesh {kind.Collection} list --json")
{
    public static async Task<int> ListAsync(EntryKind kind, CommandContext context, CancellationToken cancellationToken)
    {
        var answer = await context.Registry.EntriesAsync(kind.Collection, cancellationToken);
        context.Print(answer, () => kind.List(context, answer));
        return ExitCodes.Ok;
    }

    protected override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken) => ListAsync(kind, context, cancellationToken);
}
