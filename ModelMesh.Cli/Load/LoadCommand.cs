using System.CommandLine;
using ModelMesh.Cli.Answers;
using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Values;
using Spectre.Console;

namespace ModelMesh.Cli.Load;

/// <summary><c>mesh load</c>: ok only when every answer was complete. Where all requests failed alike, the exit code is that failure's.</summary>
internal sealed class LoadCommand : ActingCommand
{
    private const int DefaultConcurrency = 8;
    private const long DefaultRequests = 100;

    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);

    private readonly Argument<string> _model;
    private readonly Option<int?> _concurrency = new("--concurrency", "-c") { Description = $"How many requests at once; {DefaultConcurrency}", HelpName = "NUMBER" };
    private readonly Option<long?> _requests = new("--requests", "-n") { Description = $"How many in all; {DefaultRequests}, or as many as --duration holds", HelpName = "NUMBER" };
    private readonly Option<string?> _duration = new("--duration", "-d") { Description = "Begin requests for this long, as 30s; those under way end by themselves", HelpName = "TIME" };
    private readonly Option<string?> _prompt = new("--prompt", "-p") { Description = "What to send", HelpName = "TEXT" };
    private readonly RequestOptions _request = new();

    public LoadCommand(KnownNames names)
        : base(
            "load",
            "Sends many requests at once, and says how fast and how well they were answered",
            "mesh load chat-bot",
            "mesh load chat-bot@v2 --concurrency 50 --duration 30s --prompt \"Tell me a story.\" --max-tokens 200",
            "mesh load chat-bot -c 4 -n 1000 --json | jq .first_token_ms.p95")
    {
        _model = With(CommonOptions.Model(names, "A model, an alias, NAME@VERSION or NAME:ADAPTER"));
        foreach (var option in new Option[] { _concurrency, _requests, _duration, _prompt }.Concat(_request.All))
        {
            Add(option);
        }
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var plan = Plan(context);
        var model = context.Get(_model);
        var body = _request.Body(context, model, _request.System(context), [("user", context.Get(_prompt) ?? "Say something.")]);
        var run = new LoadRun(context.Gateway, body, plan, context.Time);
        var running = run.RunAsync(cancellationToken);
        if (!context.Json && !context.Terminal.IsOutputRedirected)
        {
            await WatchAsync(context, run, plan, running);
        }

        var tally = await running;
        var report = new LoadReport(model, plan, tally, run.AtOnce.Most, run.Elapsed);
        if (context.Json)
        {
            context.PrintJson(report.Json());
        }
        else
        {
            report.Write(context);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return tally.Completed == tally.Requests ? ExitCodes.Ok
            : tally is { Completed: 0, Errors.Count: 1, LastFailure: { } only } ? only.ExitCode
            : ExitCodes.Failed;
    }

    private LoadPlan Plan(CommandContext context)
    {
        var concurrency = context.Get(_concurrency) ?? DefaultConcurrency;
        var requests = context.Get(_requests);
        var duration = context.Get(_duration) is { } text ? Durations.Parse("--duration", text) : (TimeSpan?)null;
        return concurrency is < 1 or > 10_000 ? throw CommandFailure.Usage("--concurrency must be from 1 to 10,000.")
            : requests < 1 ? throw CommandFailure.Usage("--requests must be at least 1.")
            : new LoadPlan(concurrency, requests ?? (duration is null ? DefaultRequests : null), duration);
    }

    private static Task WatchAsync(CommandContext context, LoadRun run, LoadPlan plan, Task running) => context.Console
        .Live(LoadView.Of(run, plan))
        .AutoClear(true)
        .StartAsync(async live =>
        {
            while (!running.IsCompleted)
            {
                live.UpdateTarget(LoadView.Of(run, plan));
                await Task.WhenAny(running, Task.Delay(Refresh, context.Time));
            }
        });
}
