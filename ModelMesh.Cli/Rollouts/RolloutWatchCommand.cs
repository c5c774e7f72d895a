using System.CommandLine;
using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Rollouts;

/// <summary><c>mesh rollout watch</c></summary>
internal sealed class RolloutWatchCommand : ActingCommand
{
    private readonly Argument<string> _model;
    private readonly Argument<string?> _id = new("id") { Description = "A rollout's request_id; absent: the newest", HelpName = "ID", Arity = ArgumentArity.ZeroOrOne };

    public RolloutWatchCommand(KnownNames names)
        : base("watch", "Follows a rollout to its end; ok (0) only if it was completed", "mesh rollout watch chat-bot", "mesh rollout watch chat-bot --json")
    {
        _model = With(CommonOptions.Name(names));
        With(_id);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var name = context.Get(_model);
        return await RolloutWatch.RunAsync(context, name, await RolloutChoice.IdAsync(context, name, context.Arguments.GetValue(_id), cancellationToken), cancellationToken);
    }
}
