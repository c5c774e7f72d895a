using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Models;

/// <summary><c>mesh models list</c></summary>
internal sealed class ModelListCommand : ActingCommand
{
    private readonly ModelList _list;

    public ModelListCommand(KnownNames names)
        : base("list", "Lists models", "mesh models list", "mesh models list --backend vllm --label team=search", "mesh models list --limit 20")
    {
        _list = new ModelList(names);
        foreach (var option in _list.Options)
        {
            Add(option);
        }
    }

    protected override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken) => _list.RunAsync(context, cancellationToken);
}
