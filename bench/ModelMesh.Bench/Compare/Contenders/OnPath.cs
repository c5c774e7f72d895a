namespace ModelMesh.Bench.Compare.Contenders;

/// <summary>Programs of this machine.</summary>
internal static class OnPath
{
    /// <summary>The first file of that name in the folders of PATH and then in <paramref name="others"/>; null when there is none.</summary>
    public static string? Find(string name, params IEnumerable<string> others) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(others)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
