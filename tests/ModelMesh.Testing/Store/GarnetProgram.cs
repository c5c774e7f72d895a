using System.Diagnostics;
using System.Text.Json;
using ModelMesh.AppHost.Stores;

namespace ModelMesh.Testing.Store;

/// <summary>The Garnet server of the repository's tool manifest. It is started without <c>dotnet tool run</c>, whose process would stand between it and our signals.</summary>
internal static class GarnetProgram
{
    private static readonly Lazy<Task<string>> Restored = new(FindAsync);

    public static Task<string> AssemblyAsync() => Restored.Value;

    public static IReadOnlyList<string> Arguments(int port, string folder) => ["--port", $"{port}", .. StoreArguments.Garnet(folder)];

    private static async Task<string> FindAsync()
    {
        var root = Repository.Root;
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
}
