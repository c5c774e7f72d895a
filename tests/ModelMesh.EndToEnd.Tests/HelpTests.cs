using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace ModelMesh.EndToEnd.Tests;

/// <summary>Who asks for help gets it, and nothing is started. What it says of a setting is what the README says.</summary>
public sealed partial class HelpTests
{
    [Theory]
    [InlineData("ModelMesh.AppHost", "--help", 7)]
    [InlineData("ModelMesh.AppHost", "-h", 7)]
    [InlineData("ModelMesh.Registry", "--help", 9)]
    [InlineData("ModelMesh.Registry", "-h", 9)]
    [InlineData("ModelMesh.Gateway", "--help", 8)]
    [InlineData("ModelMesh.Gateway", "-h", 8)]
    public async Task Start_HelpAskedFor_PrintsSettingsAsTheReadmeHasThemAndExits(string project, string option, int settings)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Repository.Assembly(project), option])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(Repository.Assembly(project)),
        })!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            var help = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);

            Assert.Equal(0, process.ExitCode);
            Assert.Empty(await errors);
            Assert.StartsWith($"{project}: ", help, StringComparison.Ordinal);
            Assert.Contains("README.md", help, StringComparison.Ordinal);
            var rows = Setting().Matches(help);
            Assert.Equal(settings, rows.Count);
            var readme = await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "README.md"), patience.Token);
            Assert.All(rows, row => AssertIsIn(readme, row.Groups["name"].Value, row.Groups["default"].Value));
        }
        finally
        {
            if (!process.HasExited)
            {
                // It was started after all.
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static void AssertIsIn(string[] readme, string name, string defaultValue)
    {
        var row = Assert.Single(readme, line => line.StartsWith("| `", StringComparison.Ordinal) && line.Contains($"`{name}`", StringComparison.Ordinal));
        if (defaultValue != "(none)")
        {
            Assert.Contains(defaultValue, row.Replace("`", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [GeneratedRegex(@"^  (?<name>[A-Z]\w+:\w+) {2,}(?<default>.+?) {2,}\S", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Setting();
}
