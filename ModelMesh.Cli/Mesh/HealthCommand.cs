using ModelMesh.Cli.Http;
using ModelMesh.Cli.Http.Views;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Tables;

namespace ModelMesh.Cli.Mesh;

/// <summary><c>mesh health</c>: both services. Ok when both serve, 1 when one says that it cannot, 3 when one does not answer.</summary>
internal sealed class HealthCommand() : ActingCommand("health", "Asks registry and gateway whether they can serve", "mesh health", "mesh health --json")
{
    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var listing = new Listing("service", "status", "check", "reason");
        var registry = await AskAsync(context, listing, "registry", token => context.Registry.HealthAsync(token), cancellationToken);
        var gateway = await AskAsync(context, listing, "gateway", token => context.Gateway.HealthAsync(token), cancellationToken);
        if (!context.Json)
        {
            listing.Write(context.Console, "");
        }

        return Math.Max(registry, gateway);
    }

    private static async Task<int> AskAsync(CommandContext context, Listing listing, string service, Func<CancellationToken, Task<ApiAnswer>> ask, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await ask(cancellationToken);
            var health = answer.Read(ApiJson.Default.HealthAnswer);
            context.Print(answer, () => Add(listing, service, health));
            return answer.Status == 200 ? ExitCodes.Ok : ExitCodes.Failed;
        }
        catch (CommandFailure failure) when (failure.ExitCode is ExitCodes.NotReachable or ExitCodes.Failed)
        {
            if (context.Json)
            {
                context.Terminal.Error.WriteLine(failure.Json);
            }

            listing.Add(service, new Cell("not reachable", Spectre.Console.Color.Red), "", failure.Message);
            return failure.ExitCode;
        }
    }

    private static void Add(Listing listing, string service, HealthAnswer health)
    {
        listing.Add(service, Cell.State(health.Status), "", "");
        foreach (var check in health.Checks)
        {
            listing.Add("", Cell.State(check.Status), check.Name, check.Reason);
        }
    }
}
