using System.Diagnostics;

namespace ModelMesh.Feed.Tests;

/// <summary>A copy of the repository as a fresh clone would be, in a folder of its own.</summary>
internal sealed class Clone : IDisposable
{
    private static readonly string[] NotCloned = [".git", "artifacts", "bin", "obj", "node_modules"];

    private readonly string _outside = Directory.CreateTempSubdirectory("modelmesh-feed-").FullName;
    private readonly bool _hasOwnPackageCache;

    /// <param name="hasOwnPackageCache">An empty one, so that nothing restored before helps and nothing from here gets into the user's.</param>
    public Clone(bool hasOwnPackageCache)
    {
        _hasOwnPackageCache = hasOwnPackageCache;
        Root = Path.Combine(_outside, "clone");
        Copy(new DirectoryInfo(RepositoryRoot), Root);
    }

    /// <summary>The repository these tests were built from.</summary>
    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    public string Root { get; }

    /// <summary>NuGet reads it for the clone too, as it reads a machine's own configuration.</summary>
    public string OuterNuGetConfig => Path.Combine(_outside, "nuget.config");

    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_outside, name)).FullName;

    public bool Has(string path) => File.Exists(Path.Combine(Root, path));

    public string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <returns>What it printed. A failure fails the test.</returns>
    public async Task<string> DotnetAsync(params string[] arguments)
    {
        var (exitCode, output) = await TryDotnetAsync([], arguments);
        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {exitCode}:\n{output}");
        return output;
    }

    public async Task<(int ExitCode, string Output)> TryDotnetAsync((string Name, string? Value)[] variables, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true };
        // What "dotnet test" set for itself is not for another build; no server shall outlive the test.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name == "FeedKind").ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        if (_hasOwnPackageCache)
        {
            start.Environment["NUGET_PACKAGES"] = Path.Combine(_outside, "packages");
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    public void Dispose() => Directory.Delete(_outside, recursive: true);

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(to, file.Name));
        }

        foreach (var folder in from.EnumerateDirectories().Where(folder => !NotCloned.Contains(folder.Name)))
        {
            Copy(folder, Path.Combine(to, folder.Name));
        }
    }

    private static string FindRepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ModelMesh.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Not inside the repository.");
        }

        return folder;
    }
}
