using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Rollouts;

/// <summary><c>mesh rollout</c>, which holds the others.</summary>
internal sealed class RolloutCommand : MeshCommand
{
    public RolloutCommand(KnownNames names)
        : base("rollout", "Moves a model's traffic from one version to another, step by step", "mesh rollout start chat-bot --from v1 --to v2 --watch", "mesh rollout status chat-bot", "mesh rollout abort chat-bot")
    {
        Add(new RolloutStartCommand(names));
        Add(new RolloutStatusCommand(names));
        Add(new RolloutWatchCommand(names));
        Add(new RolloutMoveCommand(names, "pause", "Holds a rollout at its split", "stays at its split"));
        Add(new RolloutMoveCommand(names, "resume", "Carries a paused rollout on", "goes on"));
        Add(new RolloutMoveCommand(names, "abort", "Ends a rollout and goes back to the weights before it", "is ended"));
    }
}
