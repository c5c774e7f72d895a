using ModelMesh.Cli.Http;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Rollouts;

/// <summary>Which rollout of a model is meant: the one that is named, else the newest.</summary>
internal static class RolloutChoice
{
    public static async Task<string> IdAsync(CommandContext context, string model, string? id, CancellationToken cancellationToken)
    {
        if (id is not null)
        {
            return id;
        }

        var rollouts = (await context.Registry.RolloutsAsync(model, cancellationToken)).Read(ApiJson.Default.RolloutListView).Rollouts;
        return rollouts.Count > 0 ? rollouts[0].RequestId : throw new CommandFailure(ExitCodes.NotFound, "rollout_not_found", $"{model} has had no rollout.");
    }
}
