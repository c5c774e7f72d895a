using Xunit;

namespace ModelMesh.EndToEnd.Tests.Harness;

/// <summary>Where a Chromium is that the tests can drive: a Debian package, so nothing is downloaded by the tests themselves.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => Names.Select(name => System.IO.Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);
}

/// <summary>A fact about pages in a real browser; skipped where there is no Chromium.</summary>
internal sealed class OnChromiumFactAttribute : FactAttribute
{
    public OnChromiumFactAttribute() => Skip = Chromium.Path is null ? "no Chromium on the PATH: apt-get install chromium" : null;
}
