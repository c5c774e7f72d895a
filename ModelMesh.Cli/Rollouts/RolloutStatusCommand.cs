using System.CommandLine;
using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Http;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Tables;
using ModelMesh.Cli.Values;

namespace ModelMesh.Cli.Rollouts;

/// <summary><c>mesh rollout status</c></summary>
internal sealed class RolloutStatusCommand : ActingCommand
{
    private readonly Argument<string> _model;
    private readonly Argument<string?> _id = new("id") { Description = "A rollout's request_id; absent: the newest, and a list of those before", HelpName = "ID", Arity = ArgumentArity.ZeroOrOne };

    public RolloutStatusCommand(KnownNames names)
        : base("status", "Shows how a model's rollout stands, and those before it", "mesh rollout status chat-bot", "mesh rollout status chat-bot 019aa7c3f5d074b0a3f1c2d4e5f60718 --json")
    {
        _model = With(CommonOptions.Name(names));
        With(_id);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var name = context.Get(_model);
        if (context.Arguments.GetValue(_id) is { } id)
        {
            var one = await context.Registry.RolloutAsync(name, id, cancellationToken);
            context.Print(one, () => context.Console.Write(RolloutPanel.Of(one.Read(ApiJson.Default.RolloutView))));
            return ExitCodes.Ok;
        }

        var answer = await context.Registry.RolloutsAsync(name, cancellationToken);
        context.Print(answer, () =>
        {
            var rollouts = answer.Read(ApiJson.Default.RolloutListView).Rollouts;
            if (rollouts.Count == 0)
            {
                context.Say("No rollouts.");
                return;
            }

            context.Console.Write(RolloutPanel.Of(rollouts[0]));
            if (rollouts.Count == 1)
            {
                return;
            }

            context.Say("");
            var listing = new Listing("before", "from", "to", "strategy", "status", "created", "message");
            foreach (var rollout in rollouts.Skip(1))
            {
                listing.Add(
                    rollout.RequestId, rollout.From, rollout.To, rollout.Strategy, Cell.State(rollout.Status), $"{Moments.Ago(rollout.CreatedAt, context.Time)} ago", rollout.Message);
            }

            listing.Write(context.Console, "");
        });
        return ExitCodes.Ok;
    }
}
