using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Requests;

/// <summary><c>mesh requests list</c></summary>
internal sealed class RequestListCommand : ActingCommand
{
    private readonly RequestList _list;

    public RequestListCommand(KnownNames names)
        : base("list", "Lists the requests that run in the mesh, the oldest first", "mesh requests list", "mesh requests list --model chat-bot --state queued")
    {
        _list = new RequestList(names);
        foreach (var option in _list.Options)
        {
            Add(option);
        }
    }

    protected override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken) => _list.RunAsync(context, cancellationToken);
}
