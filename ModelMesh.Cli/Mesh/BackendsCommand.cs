using ModelMesh.Cli.Http;
using ModelMesh.Cli.Http.Views;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Tables;

namespace ModelMesh.Cli.Mesh;

/// <summary><c>mesh backends</c></summary>
internal sealed class BackendsCommand() : ActingCommand("backends", "Lists backend plugins, with their state and their models' health", "mesh backends", "mesh backends --json")
{
    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var answer = await context.Registry.BackendsAsync(cancellationToken);
        context.Print(answer, () =>
        {
            var listing = new Listing("type", "plugin", "version", "state", "models#", "health", "error");
            foreach (var backend in answer.Read(ApiJson.Default.BackendListView).Backends)
            {
                listing.Add(
                    backend.Type ?? "-", backend.Plugin, backend.Version ?? "-", Cell.State(backend.State), backend.Models, Health(backend.Health),
                    backend.Error ?? (backend.Health?.LastError is { } error ? $"{error.Model}@{error.Version}: {error.Message}" : ""));
            }

            listing.Write(context.Console, "No backends.");
        });
        return ExitCodes.Ok;
    }

    private static Cell Health(BackendHealthView? health)
    {
        if (health is null)
        {
            return "-";
        }

        var parts = new[] { (health.Healthy, "healthy"), (health.Starting, "starting"), (health.Unhealthy, "unhealthy"), (health.Unknown, "unknown") };
        return new Cell(string.Join(", ", parts.Where(part => part.Item1 > 0).Select(part => $"{part.Item1} {part.Item2}")), health.Unhealthy > 0 ? Spectre.Console.Color.Red : null);
    }
}
