using System.Text.RegularExpressions;
using ModelMesh.EndToEnd.Tests.Harness;
using ModelMesh.Testing.RealParts;
using Xunit;

namespace ModelMesh.EndToEnd.Tests.RealParts;

/// <summary>Clients that others wrote, unmodified, against a whole mesh: every check of <c>scripts/clients_check.cs</c> holds and none is skipped.</summary>
[Collection(SharedMesh.Name)]
public sealed partial class ClientsTests(SharedMesh shared)
{
    [OnRealPart(RealPart.NpmClients)]
    public Task OpenAIPackageOfNpm_AgainstAMesh_PassesEveryCheck() => PassesAsync("openai-js", atLeast: 20);

    [OnRealPart(RealPart.NpmClients)]
    public Task AiSdk_AgainstAMesh_PassesEveryCheck() => PassesAsync("ai-sdk", atLeast: 10);

    [OnRealPart(RealPart.NpmClients)]
    public Task OllamaPackageOfNpm_AgainstAMesh_PassesEveryCheck() => PassesAsync("ollama-js", atLeast: 12);

    [OnRealPart(RealPart.NpmClients)]
    public Task AnthropicPackageOfNpm_AgainstAMesh_PassesEveryCheck() => PassesAsync("anthropic-js", atLeast: 10);

    [Fact]
    public Task OpenAIPackageOfNuGet_AgainstAMesh_PassesEveryCheck() => PassesAsync("openai-dotnet", atLeast: 15);

    [Fact]
    public Task AnthropicPackageOfNuGet_AgainstAMesh_PassesEveryCheck() => PassesAsync("anthropic-dotnet", atLeast: 10);

    private async Task PassesAsync(string group, int atLeast)
    {
        var (exitCode, output) = await ScriptRun.ToEndAsync(
            "clients_check.cs", "--gateway", $"{shared.Mesh.Gateway.BaseAddress}", "--registry", $"{shared.Mesh.Registry(0).BaseAddress}", "--only", group);

        Assert.True(exitCode == 0, output);
        var closing = Closing().Match(output);
        Assert.True(closing.Success, output);
        Assert.InRange(int.Parse(closing.Groups["passed"].Value, System.Globalization.CultureInfo.InvariantCulture), atLeast, 100);
    }

    [GeneratedRegex(@"^(?<passed>\d+) passed, 0 failed$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Closing();
}
