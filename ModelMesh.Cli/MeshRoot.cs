using System.CommandLine;
using System.CommandLine.Help;
using ModelMesh.Cli.Chat;
using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Help;
using ModelMesh.Cli.Infer;
using ModelMesh.Cli.Load;
using ModelMesh.Cli.Mesh;
using ModelMesh.Cli.Models;
using ModelMesh.Cli.Requests;
using ModelMesh.Cli.Rollouts;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Top;
using ModelMesh.Cli.Traffic;

namespace ModelMesh.Cli;

/// <summary>The program's commands.</summary>
internal sealed class MeshRoot : RootCommand
{
    public MeshRoot(CliHost host)
        : base("Runs a ModelMesh: models, traffic, rollouts, chat and load.")
    {
        Host = host;
        var names = new KnownNames(Globals, host);
        foreach (var option in Globals.All)
        {
            Add(option);
        }

        foreach (var command in new Command[]
        {
            new ModelsCommand(names), new RegisterCommand(names), new UpdateCommand(names), new WeightsCommand(names), new DrainCommand(names), new DeleteCommand(names),
            new RolloutCommand(names), new ShadowCommand(names), new AliasesCommand(names), new RulesCommand(), new RoutingCommand(), new LimitsCommand(names), new CallersCommand(),
            new ExplainCommand(names), new BackendsCommand(), new InstancesCommand(), new RequestsCommand(names), new EventsCommand(), new HealthCommand(), new CacheCommand(),
            new TopCommand(), new ChatCommand(names), new InferCommand(names), new LoadCommand(names), new CompletionCommand(), new CompleteCommand(),
        })
        {
            Add(command);
        }

        NumberOptions.Bind(this);
        var help = Options.OfType<HelpOption>().Single();
        var usage = new ExamplesHelp((HelpAction)help.Action!);
        help.Action = usage;
        SetAction(usage.Invoke);
    }

    public GlobalOptions Globals { get; } = new();

    public CliHost Host { get; }

    public IReadOnlyList<string> Examples { get; } =
    [
        "mesh register chat-bot@v1 --backend mock --max-concurrency 8",
        "mesh models",
        "mesh chat chat-bot",
        "mesh weights chat-bot v1=90 v2=10",
        "mesh top",
        "MESH_REGISTRY=http://mesh.internal:8081 mesh health",
    ];

    public static MeshRoot Of(ParseResult arguments) => (MeshRoot)arguments.RootCommandResult.Command;
}
