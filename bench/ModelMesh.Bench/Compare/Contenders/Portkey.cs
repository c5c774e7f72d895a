using System.Diagnostics;
using ModelMesh.Bench.Compare.Load;
using ModelMesh.Bench.Compare.Processes;
using ModelMesh.Bench.Compare.Results;
using ModelMesh.LocalHosting;

namespace ModelMesh.Bench.Compare.Contenders;

/// <summary>A widely used gateway for models, on Node. Installed from npm into the build output, with what it needs pinned.</summary>
internal sealed class Portkey : IContender
{
    private const string Version = "1.15.2";
    private static readonly TimeSpan InstallPatience = TimeSpan.FromMinutes(5);

    private StartedProgram? _node;

    public string Name => "portkey";

    public IReadOnlyList<StartedProgram> Programs => _node is null ? [] : [_node];

    public Target Target { get; private set; } = null!;

    public async Task<ContenderFacts> StartAsync(TestBed bed)
    {
        var node = OnPath.Find("node") ?? throw new ContenderFault("node is not installed");
        var folder = await InstallAsync();
        var address = TestBed.At(FreePorts.Next());
        _node = bed.Start(
            Name,
            node,
            ["--require", Path.Combine(folder, "listen-on-loopback.cjs"), Path.Combine(folder, "node_modules", "@portkey-ai", "gateway", "build", "start-server.js"), $"--port={address.Port}", "--headless"],
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["NODE_ENV"] = "production" },
            folder);
        await bed.ReadyAsync(_node, address);
        Target = new Target(
            address,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["x-portkey-provider"] = "openai",
                ["x-portkey-custom-host"] = new Uri(bed.UpstreamAddress, "/v1").ToString(),
                ["Authorization"] = "Bearer none",
            },
            static plan => plan.ModelName);
        return new ContenderFacts(Name, $"Portkey gateway {Version}", "`@portkey-ai/gateway` from npm in one Node process, `x-portkey-provider: openai` with the upstream as custom host.", Missing: null);
    }

    public Task PrepareAsync(TokenPlan plan) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }
    }

    // Its own folder of the build output: installed once, and again when what is pinned has changed.
    private static async Task<string> InstallAsync()
    {
        var pinned = Path.Combine(AppContext.BaseDirectory, "portkey");
        var folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../bench/portkey"));
        var (wanted, stamp) = (await File.ReadAllTextAsync(Path.Combine(pinned, "package-lock.json")), Path.Combine(folder, "installed"));
        if (!File.Exists(stamp) || await File.ReadAllTextAsync(stamp) != wanted)
        {
            Directory.CreateDirectory(folder);
            foreach (var file in Directory.EnumerateFiles(pinned))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
            }

            await NpmAsync(folder);
            await File.WriteAllTextAsync(stamp, wanted);
        }

        return folder;
    }

    private static async Task NpmAsync(string folder)
    {
        var npm = OnPath.Find("npm") ?? throw new ContenderFault("npm is not installed");
        using var process = Process.Start(new ProcessStartInfo(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]) { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(InstallPatience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new ContenderFault("npm did not install it in five minutes");
        }

        if (process.ExitCode != 0)
        {
            throw new ContenderFault($"npm could not install it: {(await errors + await output).Trim()}");
        }
    }
}
