using System.CommandLine;

namespace ModelMesh.Cli.Running;

/// <summary>A command that does something: it declares its arguments and options in its constructor, and reads them in <see cref="RunAsync"/>.</summary>
internal abstract class ActingCommand : MeshCommand
{
    protected ActingCommand(string name, string description, params string[] examples)
        : base(name, description, examples) => SetAction(ActAsync);

    /// <summary>Does it; throws <see cref="CommandFailure"/> where it cannot.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    protected abstract Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken);

    protected T With<T>(T symbol)
        where T : Symbol
    {
        switch (symbol)
        {
            case Option option:
                Add(option);
                break;
            case Argument argument:
                Add(argument);
                break;
        }

        return symbol;
    }

    private async Task<int> ActAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var context = new CommandContext(arguments, MeshRoot.Of(arguments));
        return await RunAsync(context, cancellationToken);
    }
}
