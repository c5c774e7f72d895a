using Xunit;

namespace ModelMesh.EndToEnd.Tests.RepositoryRules;

/// <summary>What install.sh and the tests of real parts need of this repository is in a fresh clone: without it they skip, which nobody sees.</summary>
public sealed class RealPartsTests
{
    private static readonly string Scripts = Path.Combine(Repository.Root, "tests", "real-parts");

    [Fact]
    public void Files_ThatTheReadmeOfTheRealPartsNames_AreInTheClone()
    {
        var rows = File.ReadLines(Path.Combine(Scripts, "README.md"))
            .SkipWhile(line => !line.StartsWith("| file |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'));
        var files = rows.SelectMany(row => row.Split('|')[1].Split(',')).Select(file => file.Trim(' ', '`')).ToArray();
        Assert.Contains("servers/llama-server", files);
        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(Scripts, file)), $"{file} is missing"));
    }
}
