namespace ModelMesh.Feed;

/// <summary>The npm registry's address as npm's own configuration gives it, for machines without npm.</summary>
internal static class NpmRegistry
{
    public static Uri? Find() =>
        Choose(
            Environment.GetEnvironmentVariable("NPM_CONFIG_REGISTRY") ?? Environment.GetEnvironmentVariable("npm_config_registry"),
            ReadLines(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".npmrc")),
            ReadLines("/etc/npmrc"));

    internal static Uri? Choose(string? variable, params IEnumerable<string>[] npmrcs) =>
        npmrcs.Select(FromNpmrc).Prepend(variable)
            .Select(address => Uri.TryCreate(WithSlash(address), UriKind.Absolute, out var registry) ? registry : null)
            .FirstOrDefault(registry => registry is not null);

    private static string? FromNpmrc(IEnumerable<string> lines) =>
        lines.Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
            .Where(parts => parts is ["registry" or "@microsoft:registry", _])
            .OrderBy(parts => parts[0] == "registry")
            .Select(parts => parts[1].Trim('"'))
            .FirstOrDefault();

    // Without it, a path such as /npm would be cut off by the relative address.
    private static string? WithSlash(string? address) => address is null || address.EndsWith('/') ? address : address + '/';

    private static string[] ReadLines(string file) => File.Exists(file) ? File.ReadAllLines(file) : [];
}
