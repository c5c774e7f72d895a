using System.Text.RegularExpressions;
using Xunit;

namespace ModelMesh.EndToEnd.Tests.RepositoryRules;

/// <summary>The README drifts nowhere: its plugin is the one that the build compiles, and its files and links exist.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    [Fact]
    public void Plugin_InTheReadme_IsTheSampleThatTheBuildCompilesAndTheScriptDrops() =>
        Assert.Contains(File.ReadAllText(Path.Combine(Repository.Root, "samples", "Shout", "Shout.cs")), Readme, StringComparison.Ordinal);

    [Fact]
    public void Readme_HoldsNoPlaceholder() => Assert.DoesNotContain("@@", Readme, StringComparison.Ordinal);

    [Fact]
    public void Links_InTheReadmesAndDocs_LeadSomewhere()
    {
        var documents = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "backends"), "README.md", SearchOption.AllDirectories))
            .Append(Path.Combine(Repository.Root, "README.md"));
        foreach (var document in documents)
        {
            foreach (Match link in Link().Matches(File.ReadAllText(document)))
            {
                var target = Path.Combine(Path.GetDirectoryName(document)!, link.Groups["target"].Value);
                Assert.True(File.Exists(target) || Directory.Exists(target), $"{Path.GetFileName(document)} links to {link.Groups["target"].Value}");
            }
        }
    }

    [Theory]
    [InlineData("openai-api.md", "OpenAI")]
    [InlineData("anthropic-api.md", "Anthropic")]
    [InlineData("ollama-api.md", "Ollama")]
    public void Api_ThatHasAPage_IsNotSaidToBeMissing(string page, string api)
    {
        Assert.True(File.Exists(Path.Combine(Repository.Root, "docs", page)));
        Assert.DoesNotContain(api, Readme[Readme.IndexOf("What is not there yet:", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\]\((?!http)(?<target>[^)#]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
