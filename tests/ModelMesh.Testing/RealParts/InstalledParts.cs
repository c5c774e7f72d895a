namespace ModelMesh.Testing.RealParts;

/// <summary>Where the servers and clients are that others wrote, and which of them are there.</summary>
internal static class InstalledParts
{
    /// <summary>The scripts that start the unpacked programs, and what goes with them.</summary>
    public static string Scripts { get; } = Path.Combine(Repository.Root, "tests", "real-parts");

    private static string Root { get; } = Path.Combine(Repository.Root, "artifacts", "real-parts");

    /// <summary>A file that was installed.</summary>
    public static string PathOf(params string[] below) => Path.Combine([Root, .. below]);

    /// <summary>Why a part cannot be used, or null when it can.</summary>
    public static string? Missing(RealPart part) => Needs(part).All(File.Exists) ? null : $"{part} is not installed; run tests/real-parts/install.sh";

    private static IEnumerable<string> Needs(RealPart part) => part switch
    {
        RealPart.LlamaServer => [PathOf("debian.stamp"), PathOf("models.stamp"), PathOf("debian", "root", "usr", "bin", "llama-server")],
        RealPart.Lemonade => [.. Needs(RealPart.LlamaServer), PathOf("debian", "root", "usr", "bin", "lemond")],
        RealPart.AiMock => [PathOf("npm.stamp"), AiMock.Program],
        RealPart.MockOpenAIApi => [PathOf("npm.stamp"), MockOpenAIApi.Program],
        RealPart.NpmClients => [PathOf("clients.stamp"), PathOf("clients", "node_modules", "openai", "package.json")],
        RealPart.Promtool => [Promtool.Program],
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "unknown part"),
    };
}
