using System.CommandLine;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Completion;

/// <summary><c>mesh completion</c>: prints a shell's script, which asks <see cref="CompleteCommand"/>.</summary>
internal sealed class CompletionCommand : ActingCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    private readonly Argument<string> _shell = new("shell") { Description = "bash, zsh, fish or pwsh", HelpName = "SHELL" };

    public CompletionCommand()
        : base(
            "completion",
            "Prints a script that completes commands, options, models and backends in a shell",
            "source <(mesh completion bash)",
            "mesh completion zsh > ~/.zfunc/_mesh",
            "mesh completion fish > ~/.config/fish/completions/mesh.fish",
            "mesh completion pwsh | Out-String | Invoke-Expression")
    {
        _shell.AcceptOnlyFromAmong(Shells);
        With(_shell);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using var script = typeof(CompletionCommand).Assembly.GetManifestResourceStream($"mesh.{context.Get(_shell)}")!;
        using var reader = new StreamReader(script);
        await context.Terminal.Out.WriteAsync((await reader.ReadToEndAsync(cancellationToken)).AsMemory(), cancellationToken);
        return ExitCodes.Ok;
    }
}
