namespace ModelMesh.Testing;

/// <summary>Where the clone and its build output are, seen from the running test.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The build's pivot, <c>debug</c> or <c>release</c>: a test starts services of its own kind of build.</summary>
    private static string Pivot { get; } = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    public static string Assembly(string project) => Path.Combine(Root, "artifacts", "bin", project, Pivot, $"{project}.dll");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ModelMesh.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run from within a clone.");
        }

        return folder.FullName;
    }
}
