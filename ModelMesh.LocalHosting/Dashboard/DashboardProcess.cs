using ModelMesh.LocalHosting.Processes;

namespace ModelMesh.LocalHosting;

/// <summary>The real Aspire dashboard, alone: traces, metrics and logs of the services. Without an Aspire CLI on the machine there is none.</summary>
internal sealed class DashboardProcess
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private static readonly Dictionary<string, string?> Variables = new(StringComparer.Ordinal)
    {
        ["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "true",
        ["ASPIRE_CLI_GENERATE_HTTPS_CERTIFICATE"] = "false",
        ["ASPNETCORE_URLS"] = null,
    };

    private readonly ChildProcess _process;

    private DashboardProcess(ChildProcess process, string address, string otlpAddress)
    {
        _process = process;
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
        var process = ChildProcess.Start(new ChildCommand(cli, arguments, Path.GetTempPath(), Variables), guard, line => output.Write("dashboard", line));
        return new DashboardProcess(process, address, otlp);
    }

    public Task StopAsync() => _process.StopAsync(Grace);

    // A dashboard is a convenience: a taken port moves it, it does not stop the mesh.
    private static int PortOrFree(int port) => port != 0 && FreePorts.IsFree(port) ? port : FreePorts.Next();
}
