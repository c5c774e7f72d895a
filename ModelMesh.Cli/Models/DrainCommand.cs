using System.CommandLine;
using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Values;

namespace ModelMesh.Cli.Models;

/// <summary><c>mesh drain</c></summary>
internal sealed class DrainCommand : ActingCommand
{
    private readonly Argument<string> _model;
    private readonly Option<string?> _version;
    private readonly Option<bool> _wait = new("--wait") { Description = "Return when it is gone" };
    private readonly Option<bool> _yes = CommonOptions.Yes();

    public DrainCommand(KnownNames names)
        : base("drain", "Takes a version out of service: it admits nothing new, and is deleted when idle", "mesh drain chat-bot@v1", "mesh drain chat-bot@v1 --yes --wait")
    {
        _model = With(CommonOptions.OneVersion(names));
        _version = With(CommonOptions.Version());
        With(_wait);
        With(_yes);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var reference = ModelReference.Parse(context.Get(_model), context.Get(_version));
        reference.NeedVersion();
        await Confirmation.AskAsync(context, context.Get(_yes), $"Drain {reference}, and delete it when idle?", cancellationToken);
        await Removal.DrainAsync(context, reference, context.Get(_wait), cancellationToken);
        return ExitCodes.Ok;
    }
}
