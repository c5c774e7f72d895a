using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Requests;

/// <summary><c>mesh requests</c>: the list, by itself too.</summary>
internal sealed class RequestsCommand : ActingCommand
{
    private readonly RequestList _list;

    public RequestsCommand(KnownNames names)
        : base("requests", "Lists the requests that run in the mesh, or ends one", "mesh requests", "mesh requests list --model chat-bot --state streaming", "mesh requests cancel 0HNH5K3S")
    {
        _list = new RequestList(names);
        foreach (var option in _list.Options)
        {
            Add(option);
        }

        Add(new RequestListCommand(names));
        Add(new RequestCancelCommand(names));
    }

    protected override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken) => _list.RunAsync(context, cancellationToken);
}
