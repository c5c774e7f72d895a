using System.Diagnostics;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui.Models;

/// <summary>The pure modules of the pages' scripts, by node's own test runner: <c>node --test tests/ModelMesh.Registry.Tests/Ui/Models/Scripts/</c>.</summary>
public sealed class ScriptTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    [OnNodeFact]
    public async Task Scripts_TestedByNode_Pass()
    {
        var folder = Path.Combine(Repository.Root, "tests", "ModelMesh.Registry.Tests", "Ui", "Models", "Scripts");
        using var node = Process.Start(new ProcessStartInfo("node", ["--test", folder]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var over = new CancellationTokenSource(Longest);
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(over.Token), node.StandardError.ReadToEndAsync(over.Token));
        await node.WaitForExitAsync(over.Token);

        Assert.True(node.ExitCode == 0, await output + await errors);
        Assert.Contains("# pass ", await output, StringComparison.Ordinal);
        Assert.DoesNotContain("# pass 0", await output, StringComparison.Ordinal);
    }
}
