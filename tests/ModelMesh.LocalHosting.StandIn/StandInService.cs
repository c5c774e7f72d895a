using System.Diagnostics;
using System.Net.Sockets;

namespace ModelMesh.LocalHosting.StandIn;

/// <summary>A service whose faults are set by environment variables that start with STANDIN_.</summary>
internal static class StandInService
{
    private static readonly string[] PortVariables = ["Listen__Http", "Listen__Grpc"];

    public static async Task RunAsync(string[] args)
    {
        Console.WriteLine("started");
        if (Setting("EXIT") is { } exitCode)
        {
            Environment.Exit(int.Parse(exitCode));
        }

        using var grandchild = Setting("SPAWN") is null ? null : Process.Start("sleep", "1000");
        if (grandchild is not null)
        {
            Console.WriteLine($"spawned {grandchild.Id}");
        }

        var healthyAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromMilliseconds(int.Parse(Setting("HEALTHY_AFTER_MS") ?? "0"));
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            foreach (var variable in PortVariables)
            {
                if (Environment.GetEnvironmentVariable(variable) is { } port)
                {
                    kestrel.ListenLocalhost(int.Parse(port));
                }
            }
        });
        var app = builder.Build();
        var probedBy = string.Empty;
        app.MapGet("/health", (HttpRequest request) =>
        {
            probedBy = request.Headers.TraceParent.ToString();
            if (TimeProvider.System.GetUtcNow() < healthyAt)
            {
                return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
            }

            Console.WriteLine("healthy");
            return Results.Ok();
        });
        app.MapGet("/probed-by", () => probedBy);
        app.MapGet("/pid", () => Environment.ProcessId.ToString());
        app.MapGet("/env/{name}", (string name) => Environment.GetEnvironmentVariable(name) ?? "(unset)");
        await app.RunAsync();
        if (Setting("IGNORE_SIGTERM") is not null)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        }

        if (Setting("SAYS_GOODBYE") is not null)
        {
            // As a service that writes its last words: the store has to be there still.
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
            using var socket = new TcpClient();
            var store = Environment.GetEnvironmentVariable("ConnectionStrings__redis")!.Split(':');
            await socket.ConnectAsync(store[0], int.Parse(store[1]));
            Console.WriteLine("said good-bye to the store");
        }
    }

    private static string? Setting(string name) => Environment.GetEnvironmentVariable($"STANDIN_{name}");
}
