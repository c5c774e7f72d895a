using System.CommandLine;
using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Values;

namespace ModelMesh.Cli.Models;

/// <summary><c>mesh delete</c></summary>
internal sealed class DeleteCommand : ActingCommand
{
    private readonly Argument<string> _model;
    private readonly Option<string?> _version;
    private readonly Option<bool> _drain = new("--drain") { Description = "Also while it streams: nothing new is admitted, and it goes when idle" };
    private readonly Option<bool> _yes = CommonOptions.Yes();

    public DeleteCommand(KnownNames names)
        : base("delete", "Deletes a version that nothing uses; refused (5) while it streams", "mesh delete chat-bot@v1", "mesh delete chat-bot@v1 --drain --yes")
    {
        _model = With(CommonOptions.OneVersion(names));
        _version = With(CommonOptions.Version());
        With(_drain);
        With(_yes);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var reference = ModelReference.Parse(context.Get(_model), context.Get(_version));
        reference.NeedVersion();
        await Confirmation.AskAsync(context, context.Get(_yes), $"Delete {reference}?", cancellationToken);
        await (context.Get(_drain) ? Removal.DrainAsync(context, reference, wait: false, cancellationToken) : Removal.DeleteAsync(context, reference, cancellationToken));
        return ExitCodes.Ok;
    }
}
