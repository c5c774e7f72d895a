namespace ModelMesh.EndToEnd.Tests.Harness;

/// <summary>What a fresh clone has for its scripts, in a folder of its own: no artifacts, as before anything was installed or tested. Its node and npm are the test's.</summary>
internal sealed class BareClone : IDisposable
{
    private static readonly string[] Files = ["Directory.Packages.props", "global.json", "nuget.config"];

    private readonly string _outside = Directory.CreateTempSubdirectory("modelmesh-scripts-").FullName;

    public BareClone()
    {
        Directory.CreateDirectory(Root);
        foreach (var file in Files)
        {
            File.Copy(Path.Combine(Repository.Root, file), Path.Combine(Root, file));
        }

        var scripts = Path.Combine(Repository.Root, "scripts");
        foreach (var file in Directory.EnumerateFiles(scripts, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(Root, "scripts", Path.GetRelativePath(scripts, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public string Root => Path.Combine(_outside, "clone");

    /// <summary>A PATH on which the test's own programs come first.</summary>
    public string SearchPath => $"{Programs}:{Environment.GetEnvironmentVariable("PATH")}";

    private string Programs => Path.Combine(_outside, "bin");

    /// <param name="script">What it does, in the shell's words.</param>
    public void AddProgram(string name, string script)
    {
        Directory.CreateDirectory(Programs);
        var file = Path.Combine(Programs, name);
        File.WriteAllText(file, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public void Dispose() => Directory.Delete(_outside, recursive: true);
}
