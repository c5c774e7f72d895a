using System.CommandLine;
using ModelMesh.Cli.Http;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Mesh;

/// <summary><c>mesh events</c>: catalog changes as they happen, until Ctrl+C or the stream's end; with <c>--follow</c> the stream is opened again.</summary>
internal sealed class EventsCommand : ActingCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Go on when the replica that tells them stops; what happened meanwhile is missed" };
    private readonly Option<int?> _count = new("--count", "-n") { Description = "End after this many", HelpName = "NUMBER" };

    public EventsCommand()
        : base("events", "Prints changes of the catalog as they happen", "mesh events --follow", "mesh events --count 1 --json")
    {
        With(_follow);
        With(_count);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var left = context.Get(_count) ?? int.MaxValue;
        var connected = false;
        while (true)
        {
            try
            {
                await foreach (var next in context.Registry.EventsAsync(cancellationToken))
                {
                    connected = true;
                    Show(context, next);
                    if (--left <= 0)
                    {
                        return ExitCodes.Ok;
                    }
                }

                connected = true;
            }
            catch (CommandFailure failure) when (connected && context.Get(_follow) && failure.ExitCode is ExitCodes.NotReachable or ExitCodes.Failed)
            {
                // The replica may be about to come back, and until then a balancer before it may answer: it was there before.
            }

            if (!context.Get(_follow))
            {
                throw new CommandFailure(ExitCodes.Failed, "cut_stream", "The stream of events ended: the replica stopped. --follow goes on.");
            }

            context.Note("The stream of events ended; what happens until it is open again is missed.");
            await Task.Delay(Pause, context.Time, cancellationToken);
        }
    }

    private static void Show(CommandContext context, ServerEvent next)
    {
        if (context.Json)
        {
            context.PrintJson(next.Data);
        }
        else
        {
            var change = next.Read(ApiJson.Default.CatalogEventView);
            var what = change.Entry is { } entry ? $"{entry} {change.Name}" : change.Version is { } version ? $"{change.Name}@{version}" : change.Id;
            context.Say($"{TimeZoneInfo.ConvertTime(context.Time.GetUtcNow(), context.Time.LocalTimeZone):HH:mm:ss}  {change.Revision,6}  {change.Kind,-10}  {what}");
        }
    }
}
