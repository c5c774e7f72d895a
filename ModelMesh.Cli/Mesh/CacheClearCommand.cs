using System.CommandLine;
using ModelMesh.Cli.Http;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Mesh;

/// <summary><c>mesh cache clear</c></summary>
internal sealed class CacheClearCommand : ActingCommand
{
    private readonly Option<bool> _yes = CommonOptions.Yes();

    public CacheClearCommand()
        : base("clear", "Forgets all kept answers, of all models", "mesh cache clear --yes") => With(_yes);

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await Confirmation.AskAsync(context, context.Get(_yes), "Forget all kept answers?", cancellationToken);
        var answer = await context.Registry.ClearCacheAsync(cancellationToken);
        context.Print(answer, () => context.Say($"Forgot {answer.Read(ApiJson.Default.ClearedCacheView).Removed} answers."));
        return ExitCodes.Ok;
    }
}
