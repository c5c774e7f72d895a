using System.Diagnostics;
using ModelMesh.Cli.Tests.Fakes;

namespace ModelMesh.Cli.Tests.Completion;

/// <summary>The script in a real bash, with a program of the test's in place of <c>mesh</c>.</summary>
public sealed class BashScriptTests : CliTest
{
    [Theory]
    [InlineData("mesh models show ch", "chat@v1 chat@v2", "chat@v1|chat@v2|")]
    [InlineData("mesh models show chat@v", "chat@v1 chat@v2", "@v1|@v2|")]
    [InlineData("mesh infer hf:org/model@", "hf:org/model@v1", "@v1|")]
    [InlineData("mesh infer hf:org/mo", "hf:org/model hf:org/model@v1", "org/model|org/model@v1|")]
    [InlineData("mesh models list --name=ch", "--name=chat", "chat|")]
    [InlineData("mesh mod", "models", "models|")]
    [InlineData("mesh models show ch", "'chat;reboot' 'chat $(id)'", @"chat\;reboot|chat\ \$\(id\)|")]
    public async Task Candidates_AreCutAsBashCutsWords(string line, string offered, string expected)
    {
        Assert.Equal(0, await RunAsync("completion", "bash"));
        var script = $$"""
            {{Terminal.Output}}
            mesh() { [[ "$1 $2 $3" == "complete -- {{line}}" ]] && printf '%s\n' {{offered}}; }
            COMP_LINE='{{line}}'; COMP_POINT=${#COMP_LINE}; COMP_WORDBREAKS=$' \t\n"\'@><=;|&(:'
            _mesh
            printf '%s|' "${COMPREPLY[@]}"
            """;
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        Assert.Equal(expected, await bash.StandardOutput.ReadToEndAsync());
        await bash.WaitForExitAsync();
    }
}
