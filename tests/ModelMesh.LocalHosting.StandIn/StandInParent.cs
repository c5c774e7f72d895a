using System.Diagnostics;

namespace ModelMesh.LocalHosting.StandIn;

/// <summary>What "dotnet run" is to an AppHost: starts it, and waits.</summary>
internal static class StandInParent
{
    public static async Task RunAsync()
    {
        using var host = Process.Start(Environment.ProcessPath!, [typeof(StandInParent).Assembly.Location, "host"]);
        Console.WriteLine($"host {host.Id}");
        await host.WaitForExitAsync();
    }
}
