using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Help;

/// <summary>The help of a command, then its examples; the program's own ends with the exit codes.</summary>
internal sealed class ExamplesHelp(HelpAction usage) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        usage.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var command = parseResult.CommandResult.Command;
        var examples = command switch
        {
            MeshCommand mesh => mesh.Examples,
            MeshRoot root => root.Examples,
            _ => [],
        };
        output.WriteLine("Examples:");
        foreach (var example in examples)
        {
            output.WriteLine($"  {example}");
        }

        output.WriteLine();
        if (command is MeshRoot)
        {
            output.WriteLine("Exit codes:");
            foreach (var (code, meaning) in ExitCodes.All)
            {
                output.WriteLine($"  {code,-4} {meaning}");
            }

            output.WriteLine();
        }

        return ExitCodes.Ok;
    }
}
