using System.CommandLine;
using ModelMesh.Cli.Terminals;

namespace ModelMesh.Cli.Running;

/// <summary>One run of the program, from its arguments to its exit code. Whatever goes wrong is one line on standard error, or its JSON body.</summary>
internal static class MeshProgram
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliHost host, CancellationToken cancellationToken)
    {
        var root = new MeshRoot(host);
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var json = parsed.GetValue(root.Globals.Json);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = host.Terminal.OnInterrupt(over.Cancel);
        try
        {
            if (parsed.Errors.Count > 0 && parsed.Action is not Help.ExamplesHelp)
            {
                throw Misuse(parsed);
            }

            return await parsed.InvokeAsync(
                new InvocationConfiguration { Output = host.Terminal.Out, Error = host.Terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
                over.Token);
        }
        catch (CommandFailure failure)
        {
            Report(failure, json, host);
            return failure.ExitCode;
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            var cancelled = CommandFailure.Cancelled();
            Report(cancelled, json, host);
            return cancelled.ExitCode;
        }
        catch (OutputGone)
        {
            // Whoever closed it has what it wanted: as silent as other programs are in a pipe.
            return ExitCodes.OutputGone;
        }
    }

    private static CommandFailure Misuse(ParseResult parsed)
    {
        var path = string.Join(' ', Path(parsed.CommandResult));
        List<string> messages = [.. parsed.Errors.Select(error => error.Message.ReplaceLineEndings(" ")).Distinct(StringComparer.Ordinal)];
        return messages is [var only]
            ? CommandFailure.Usage($"{only} See {path} --help.")
            : CommandFailure.Usage($"{messages.Count} faults. See {path} --help.", [.. messages]);
    }

    private static IEnumerable<string> Path(System.CommandLine.Parsing.SymbolResult result) =>
        result.Parent is { } parent && result is System.CommandLine.Parsing.CommandResult command ? [.. Path(parent), command.Command.Name] : ["mesh"];

    private static void Report(CommandFailure failure, bool json, CliHost host)
    {
        if (json)
        {
            host.Terminal.Error.WriteLine(failure.Json);
            return;
        }

        var isTerminal = !host.Terminal.IsErrorRedirected;
        host.Terminal.Error.WriteLine(SafeText.For(isTerminal, failure.ExitCode == ExitCodes.Cancelled ? failure.Message : $"error: {failure.Message}"));
        foreach (var detail in failure.Details)
        {
            host.Terminal.Error.WriteLine(SafeText.For(isTerminal, $"  {detail}"));
        }
    }
}
