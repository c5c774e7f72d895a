using ModelMesh.EndToEnd.Tests.Harness;
using Xunit;

namespace ModelMesh.EndToEnd.Tests.RepositoryRules;

/// <summary>Scripts in a clone in which nothing else has run yet.</summary>
public sealed class BareCloneTests
{
    [Fact]
    public async Task ClientsCheck_FirstRunOfAClone_InstallsTheNpmClientsIntoAFolderThatIsNotThereYet()
    {
        using var clone = new BareClone();
        clone.AddProgram("node", "echo v20.0.0");
        clone.AddProgram("npm", "echo \"asked for $1 in ${PWD#*/clone/}\" && exit 1");

        var (exitCode, output) = await ScriptRun.ToEndInAsync(
            clone.Root, clone.SearchPath, "clients_check.cs", "--gateway", "http://127.0.0.1:1", "--only", "ollama-js", "--model", "any");

        Assert.True(exitCode == 0, output);
        Assert.Contains("npm ci failed: asked for ci in artifacts/real-parts/clients", output, StringComparison.Ordinal);
    }
}
