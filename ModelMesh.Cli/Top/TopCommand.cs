using System.CommandLine;
using System.Text.Json.Nodes;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Values;

namespace ModelMesh.Cli.Top;

/// <summary><c>mesh top</c>: the mesh at a glance, live at a terminal; elsewhere as it is now.</summary>
internal sealed class TopCommand : ActingCommand
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(100);

    private readonly Option<string?> _interval = new("--interval", "-i") { Description = "How often it looks, at least 100ms; 1s", HelpName = "TIME" };
    private readonly Option<bool> _once = new("--once") { Description = "As it is now, and no more" };

    public TopCommand()
        : base("top", "Shows models, requests and instances as they change; q leaves", "mesh top", "mesh top --interval 500ms", "mesh top --once | head -20")
    {
        With(_interval);
        With(_once);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var interval = context.Get(_interval) is { } text ? Durations.Parse("--interval", text) : DefaultInterval;
        if (interval < ShortestInterval)
        {
            throw CommandFailure.Usage("--interval must be at least 100ms.");
        }

        if (context.Json)
        {
            await PrintJsonAsync(context, cancellationToken);
        }
        else if (context.Get(_once) || !context.IsInteractive)
        {
            context.Console.Write(TopFrame.Of(await new TopReader(context).ReadAsync(cancellationToken), TopState.Start, height: null, context.Time));
        }
        else
        {
            await LiveAsync(context, interval, cancellationToken);
        }

        return ExitCodes.Ok;
    }

    // One document of what it looks at, each part as the API has it.
    private static async Task PrintJsonAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var models = await context.Registry.ModelsAsync("?limit=1000", cancellationToken);
        var instances = await context.Registry.InstancesAsync(cancellationToken);
        var requests = await context.Registry.RequestsAsync("", cancellationToken);
        var document = new JsonObject { ["models"] = models.Document(), ["instances"] = instances.Document(), ["requests"] = requests.Document() };
        context.PrintJson(document.ToJsonString());
    }

    private static async Task LiveAsync(CommandContext context, TimeSpan interval, CancellationToken cancellationToken)
    {
        var reader = new TopReader(context);
        // The first look is before the screen is taken, so that an error is read where errors are.
        var snapshot = await reader.ReadAsync(cancellationToken);
        using var screen = new LiveScreen(context.Terminal, context.HasColor);
        var state = TopState.Start;
        Task<TopSnapshot>? next = null;
        var looked = context.Time.GetTimestamp();
        while (!state.Quits)
        {
            screen.Show(TopFrame.Of(snapshot, state, context.Terminal.Height, context.Time));
            if (await context.Terminal.ReadKeyAsync(TimeSpan.FromMilliseconds(100), cancellationToken) is { } key)
            {
                state = state.Take(key, snapshot.Models.Count);
            }
            else if (next is { IsCompleted: true })
            {
                snapshot = await OrTroubleAsync(next, snapshot);
                next = null;
            }
            else if (next is null && context.Time.GetElapsedTime(looked) >= interval)
            {
                looked = context.Time.GetTimestamp();
                next = reader.ReadAsync(cancellationToken);
            }
        }
    }

    // A registry that is away for a while is no reason to leave: what was seen last stays, with the reason below.
    private static async Task<TopSnapshot> OrTroubleAsync(Task<TopSnapshot> reading, TopSnapshot before)
    {
        try
        {
            return await reading;
        }
        catch (CommandFailure failure)
        {
            return before with { Troubles = [failure.Message] };
        }
    }
}
