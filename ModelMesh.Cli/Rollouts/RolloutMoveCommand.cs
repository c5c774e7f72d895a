using System.CommandLine;
using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Http;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Rollouts;

/// <summary><c>mesh rollout pause</c>, <c>resume</c> and <c>abort</c>.</summary>
internal sealed class RolloutMoveCommand : ActingCommand
{
    private readonly string _move;
    private readonly string _outcome;
    private readonly Argument<string> _model;
    private readonly Argument<string?> _id = new("id") { Description = "A rollout's request_id; absent: the newest", HelpName = "ID", Arity = ArgumentArity.ZeroOrOne };

    /// <param name="outcome">What it does then, for people.</param>
    public RolloutMoveCommand(KnownNames names, string move, string description, string outcome)
        : base(move, description, $"mesh rollout {move} chat-bot")
    {
        _move = move;
        _outcome = outcome;
        _model = With(CommonOptions.Name(names));
        With(_id);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var name = context.Get(_model);
        var id = await RolloutChoice.IdAsync(context, name, context.Arguments.GetValue(_id), cancellationToken);
        var answer = await context.Registry.MoveRolloutAsync(name, id, _move, cancellationToken);
        context.Print(answer, () =>
        {
            context.Say($"Rollout {id} of {name} {_outcome}.");
            context.Console.Write(RolloutPanel.Of(answer.Read(ApiJson.Default.RolloutView)));
        });
        return ExitCodes.Ok;
    }
}
