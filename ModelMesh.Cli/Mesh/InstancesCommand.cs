using ModelMesh.Cli.Http;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Tables;
using ModelMesh.Cli.Values;

namespace ModelMesh.Cli.Mesh;

/// <summary><c>mesh instances</c></summary>
internal sealed class InstancesCommand() : ActingCommand("instances", "Lists live registry replicas", "mesh instances", "mesh instances --json")
{
    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var answer = await context.Registry.InstancesAsync(cancellationToken);
        context.Print(answer, () =>
        {
            var listing = new Listing("id", "http", "grpc", "up#", "state", "backends");
            foreach (var instance in answer.Read(ApiJson.Default.InstanceListView).Instances)
            {
                listing.Add(
                    instance.Id, instance.HttpAddress, instance.GrpcAddress, Moments.Ago(instance.StartedAt, context.Time), Cell.State(instance.Stopping ? "stopping" : "ready"),
                    string.Join(", ", instance.Plugins.Where(plugin => plugin.State is "ready").Select(plugin => plugin.Type)));
            }

            listing.Write(context.Console, "No instances: the store is away, or has just come back.");
        });
        return ExitCodes.Ok;
    }
}
