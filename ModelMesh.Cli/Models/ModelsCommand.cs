using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Models;

/// <summary><c>mesh models</c>: the list, by itself too.</summary>
internal sealed class ModelsCommand : ActingCommand
{
    private readonly ModelList _list;

    public ModelsCommand(KnownNames names)
        : base("models", "Lists models, or shows one", "mesh models", "mesh models list --status failed", "mesh models show chat-bot@v1", "mesh models --json | jq '.models[].name'")
    {
        _list = new ModelList(names);
        foreach (var option in _list.Options)
        {
            Add(option);
        }

        Add(new ModelListCommand(names));
        Add(new ModelShowCommand(names));
    }

    protected override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken) => _list.RunAsync(context, cancellationToken);
}
