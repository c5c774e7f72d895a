using System.Diagnostics;
using System.Text.Json;

namespace ModelMesh.Testing.Store;

/// <summary>The Garnet server of the repository's tool manifest. It is started without <c>dotnet tool run</c>, whose process would stand between it and our signals.</summary>
internal static class GarnetProgram
{
    private static readonly Lazy<Task<string>> Restored = new(FindAsync);

    public static Task<string> AssemblyAsync() => Restored.Value;

    // Scripts are atomic in Garnet only in transaction mode: without it two of them interleave, and limits are exceeded.
    public static IReadOnlyList<string> Arguments(int port, string folder) =>
    [
        "--port", $"{port}", "--bind", "127.0.0.1", "--lua", "--lua-transaction-mode", "--aof", "--recover", "--aof-commit-freq", "0",
        "--device-type", "RandomAccess", "--checkpointdir", folder, "--memory", "64m", "--index", "1m", "--page", "1m",
        "--aof-memory", "16m", "--aof-page-size", "4m", "--readcache-memory", "0",
    ];

    private static async Task<string> FindAsync()
    {
        var root = RepositoryRoot();
        await using var manifest = File.OpenRead(Path.Combine(root, ".config", "dotnet-tools.json"));
        using var tools = await JsonDocument.ParseAsync(manifest);
        var version = tools.RootElement.GetProperty("tools").GetProperty("garnet-server").GetProperty("version").GetString()!;
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var assembly = Path.Combine(packages, "garnet-server", version, "tools", "net10.0", "any", "GarnetServer.dll");
        if (!File.Exists(assembly))
        {
            await RestoreAsync(root);
        }

        return File.Exists(assembly) ? assembly : throw new FileNotFoundException("dotnet tool restore did not bring the Garnet server.", assembly);
    }

    private static async Task RestoreAsync(string root)
    {
        using var restore = Process.Start(new ProcessStartInfo("dotnet", ["tool", "restore"]) { WorkingDirectory = root })!;
        await restore.WaitForExitAsync();
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ModelMesh.sln")))
        {
            folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar)) ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
        }

        return folder;
    }
}
