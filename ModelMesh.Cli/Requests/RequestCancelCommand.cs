using System.CommandLine;
using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Http;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Requests;

/// <summary><c>mesh requests cancel</c>: the client is told that an operator ended it.</summary>
internal sealed class RequestCancelCommand : ActingCommand
{
    private readonly Argument<string> _id;
    private readonly Option<string?> _instance = new("--instance") { Description = "Only at this replica", HelpName = "ID" };

    public RequestCancelCommand(KnownNames names)
        : base("cancel", "Ends a request wherever it runs", "mesh requests cancel 0HNH5K3S", "mesh requests cancel 0HNH5K3S --instance registry-1")
    {
        _id = With(new Argument<string>("id") { Description = "The request's id, as x-request-id and the list have it", HelpName = "ID", CompletionSources = { names.RequestIds } });
        With(_instance);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var id = context.Get(_id);
        var answer = await context.Registry.CancelRequestAsync(id, context.Get(_instance), cancellationToken);
        context.Print(answer, () =>
        {
            var outcome = answer.Read(ApiJson.Default.CancelledRequestsView);
            foreach (var request in outcome.Cancelled)
            {
                context.Say($"Ended {request.Id} of {request.Model}@{request.Version}, {request.State}, {request.Tokens} tokens, at {request.Instance}.");
            }

            if (outcome.Unreachable is { Count: > 0 } unreachable)
            {
                context.Note($"Not known of, since they did not answer: {string.Join(", ", unreachable)}");
            }
        });
        return ExitCodes.Ok;
    }
}
