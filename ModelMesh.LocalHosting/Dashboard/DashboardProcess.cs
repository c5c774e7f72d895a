using System.Collections;
using ModelMesh.LocalHosting.Processes;

namespace ModelMesh.LocalHosting;

/// <summary>The real Aspire dashboard, alone: traces, metrics and logs of the services. Without an Aspire CLI on the machine there is none.</summary>
internal sealed class DashboardProcess
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly ChildProcess _process;
    private readonly Task _ending;

    private DashboardProcess(ChildProcess process, Task ending, string address, string otlpAddress)
    {
        _process = process;
        _ending = ending;
        Address = address;
        OtlpAddress = otlpAddress;
    }

    public string Address { get; }

    public string OtlpAddress { get; }

    public static DashboardProcess? TryStart(DashboardSettings settings, IOrphanGuard guard, LaunchOutput output)
    {
        if (!settings.IsEnabled)
        {
            return null;
        }

        if (AspireCli.Find() is not { } cli)
        {
            output.WriteLine("No Aspire CLI on this machine, so no dashboard.");
            return null;
        }

        var address = $"http://{Loopback.Host}:{PortOrFree(settings.Port)}";
        var otlp = $"http://{Loopback.Host}:{PortOrFree(settings.OtlpPort)}";
        string[] arguments =
        [
            "dashboard", "run", "--frontend-url", address, "--otlp-grpc-url", otlp, "--otlp-http-url", $"http://{Loopback.Host}:{FreePorts.Next()}",
            "--allow-anonymous", "--non-interactive", "--nologo",
        ];
        // Its own lines are decoration; what counts is where it is, and whether it failed.
        var lastLine = string.Empty;
        var process = ChildProcess.Start(new ChildCommand(cli.Path, arguments, Path.GetTempPath(), Variables(cli)), guard, line => lastLine = line);
        return new DashboardProcess(process, EndAsync(process, () => lastLine, output), address, otlp);
    }

    public async Task StopAsync()
    {
        await _process.StopAsync(Grace);
        await _ending;
    }

    private static async Task EndAsync(ChildProcess process, Func<string> lastLine, LaunchOutput output)
    {
        var exitCode = await process.Exited;
        // The CLI is only the starter of the dashboard; one that it left behind would hold its ports.
        await process.KillAsync();
        if (exitCode is not 0 and < 128)
        {
            output.WriteLine($"The dashboard {ExitReason.Describe(exitCode)}: {lastLine()}");
        }
    }

    private static Dictionary<string, string?> Variables(AspireCli cli)
    {
        // What the launch profile says to Aspire's own AppHost would be taken for the dashboard's configuration.
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => (string)variable.Key)
            .Where(name => name.StartsWith("ASPIRE_", StringComparison.Ordinal) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal))
            .ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal);
        variables["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "true";
        variables["ASPIRE_CLI_GENERATE_HTTPS_CERTIFICATE"] = "false";
        variables["NO_COLOR"] = "1";
        if (cli.Home is { } home)
        {
            variables["HOME"] = home;
        }

        return variables;
    }

    // A dashboard is a convenience: a taken port moves it, it does not stop the mesh.
    private static int PortOrFree(int port) => port != 0 && FreePorts.IsFree(port) ? port : FreePorts.Next();
}
