using ModelMesh.Cli.Http;
using ModelMesh.Cli.Http.Views;
using ModelMesh.Cli.Running;
using Spectre.Console;

namespace ModelMesh.Cli.Rollouts;

/// <summary>Follows a rollout to its end: as a panel that changes where a person looks, else a line for each new message. Ok only when it was completed.</summary>
internal static class RolloutWatch
{
    public static async Task<int> RunAsync(CommandContext context, string model, string id, CancellationToken cancellationToken)
    {
        RolloutView? last = null;
        if (context.Json || context.Terminal.IsOutputRedirected)
        {
            await FollowAsync(Tell);
        }
        else
        {
            await context.Console.Live(new Text("Waits for the rollout's first event…")).StartAsync(live => FollowAsync((rollout, _) => live.UpdateTarget(RolloutPanel.Of(rollout))));
        }

        return last switch
        {
            { Status: "completed" } => ExitCodes.Ok,
            { HasEnded: true } => ExitCodes.Failed,
            _ => throw new CommandFailure(ExitCodes.Failed, "cut_stream", "The events ended before the rollout did: the replica stopped. Watch it again."),
        };

        async Task FollowAsync(Action<RolloutView, string> show)
        {
            await foreach (var next in context.Registry.FollowRolloutAsync(model, id, cancellationToken))
            {
                var rollout = next.Read(ApiJson.Default.RolloutView);
                show(rollout, next.Data);
                last = rollout;
            }
        }

        void Tell(RolloutView rollout, string data)
        {
            if (context.Json)
            {
                context.PrintJson(data);
            }
            else if (rollout.Status != last?.Status || rollout.Message != last.Message)
            {
                context.Say($"{rollout.Status,-11} {rollout.Message}  [{rollout.To}: {rollout.Figures.To.Requests} requests, {rollout.Figures.To.Failures} failed]");
            }
        }
    }
}
