using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Http;
using ModelMesh.Cli.Running;

namespace ModelMesh.Cli.Rollouts;

/// <summary><c>mesh rollout start</c>. What is left out is the registry's default.</summary>
internal sealed class RolloutStartCommand : ActingCommand
{
    private readonly Argument<string> _model;
    private readonly Option<string> _from;
    private readonly Option<string> _to;
    private readonly Option<string?> _strategy = new("--strategy") { Description = "canary (default), rolling or blue_green", HelpName = "STRATEGY", CompletionSources = { "canary", "rolling", "blue_green" } };
    private readonly Option<string?> _steps = new("--steps") { Description = "The target's shares in percent, rising to 100, as 10,50,100", HelpName = "LIST" };
    private readonly Option<string?> _stepDuration = new("--step-duration") { Description = "How long each step lasts at least; 60s", HelpName = "TIME" };
    private readonly Option<string?> _stepTimeout = new("--step-timeout") { Description = "How long a canary's step waits for requests", HelpName = "TIME" };
    private readonly Option<double?> _maxErrorRate = new("--max-error-rate") { Description = "The highest share of failed requests, 0 to 1; 0.05", HelpName = "NUMBER" };
    private readonly Option<double?> _maxTtft = new("--max-ttft-p95-ms") { Description = "The highest 95th percentile of the time to first token; any", HelpName = "NUMBER" };
    private readonly Option<int?> _minRequests = new("--min-requests") { Description = "How many requests it takes to judge a step; 20", HelpName = "NUMBER" };
    private readonly Option<string?> _drainTimeout = new("--drain-timeout") { Description = "How long blue_green waits for the old version's requests; 60s", HelpName = "TIME" };
    private readonly Option<bool> _watch = new("--watch") { Description = "Follow it to its end" };

    public RolloutStartCommand(KnownNames names)
        : base(
            "start",
            "Starts a rollout",
            "mesh rollout start chat-bot --from v1 --to v2",
            "mesh rollout start chat-bot --from v1 --to v2 --strategy rolling --steps 50,100 --step-duration 1s --watch",
            "mesh rollout start chat-bot --from v1 --to v2 --max-ttft-p95-ms 800 --min-requests 50")
    {
        _model = With(CommonOptions.Name(names));
        _from = new Option<string>("--from") { Description = "The version that traffic comes from", HelpName = "VERSION", Required = true, CompletionSources = { names.VersionsOf(_model) } };
        _to = new Option<string>("--to") { Description = "The version that it goes to", HelpName = "VERSION", Required = true, CompletionSources = { names.VersionsOf(_model) } };
        foreach (var option in new Option[] { _from, _to, _strategy, _steps, _stepDuration, _stepTimeout, _maxErrorRate, _maxTtft, _minRequests, _drainTimeout, _watch })
        {
            Add(option);
        }
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var name = context.Get(_model);
        var answer = await context.Registry.StartRolloutAsync(name, Body(context).ToJsonString(), cancellationToken);
        var rollout = answer.Read(ApiJson.Default.RolloutView);
        context.Print(answer, () => context.Say($"Started rollout {rollout.RequestId} of {name}: {rollout.From} → {rollout.To}, {rollout.Strategy}"));
        return context.Get(_watch) ? await RolloutWatch.RunAsync(context, name, rollout.RequestId, cancellationToken) : ExitCodes.Ok;
    }

    private JsonObject Body(CommandContext context)
    {
        var body = new JsonObject { ["from"] = context.Get(_from), ["to"] = context.Get(_to) };
        Put("strategy", context.Get(_strategy));
        Put("steps", context.Get(_steps) is { } steps ? Steps(steps) : null);
        Put("step_duration", context.Get(_stepDuration));
        Put("step_timeout", context.Get(_stepTimeout));
        Put("max_error_rate", context.Get(_maxErrorRate));
        Put("max_ttft_p95_ms", context.Get(_maxTtft));
        Put("min_requests", context.Get(_minRequests));
        Put("drain_timeout", context.Get(_drainTimeout));
        return body;

        void Put(string field, JsonNode? value)
        {
            if (value is not null)
            {
                body[field] = value;
            }
        }
    }

    private static JsonArray Steps(string list) => new([.. list.Split(',', StringSplitOptions.TrimEntries).Select(text =>
        int.TryParse(text.TrimEnd('%'), NumberStyles.None, CultureInfo.InvariantCulture, out var step)
            ? JsonValue.Create(step)
            : throw CommandFailure.Usage($"--steps must be whole numbers with commas between them, as 10,50,100, not '{list}'."))]);
}
