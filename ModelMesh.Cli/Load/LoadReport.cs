using System.Text.Json.Nodes;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Tables;
using ModelMesh.Cli.Values;

namespace ModelMesh.Cli.Load;

/// <summary>The result of a load, for people and for programs.</summary>
/// <param name="AtOnce">How many requests ran at the same time, at most: where there are fewer than the plan's concurrency, or they are answered faster than they are begun, less than that.</param>
/// <param name="Elapsed">From the first request's begin to the last one's end.</param>
internal sealed record LoadReport(string Model, LoadPlan Plan, LoadTally Tally, int AtOnce, TimeSpan Elapsed)
{
    private double Seconds => Math.Max(Elapsed.TotalSeconds, 1e-6);

    public void Write(CommandContext context)
    {
        var fields = new Fields();
        fields.Add("requests", $"{Tally.Requests} in {Durations.Show(Elapsed)}, {AtOnce} at once, {Figures.Rate(Tally.Requests / Seconds)} a second");
        fields.Add("complete", new Cell($"{Tally.Completed}", Tally.Completed == Tally.Requests ? Spectre.Console.Color.Green : Spectre.Console.Color.Yellow));
        foreach (var (code, count) in Tally.Errors)
        {
            fields.Add(code is LoadTally.Cut ? "cut" : "failed", new Cell($"{count} {code}", Spectre.Console.Color.Red));
        }

        if (Tally.Completed == 0)
        {
            fields.Add("why", Tally.LastFailure?.Message);
        }

        fields.Add("tokens", $"{Tally.Tokens}, {Figures.Rate(Tally.Tokens / Seconds)} a second");
        fields.Write(context.Console);
        context.Say("");
        var listing = new Listing("", "p50#", "p95#", "p99#", "longest#");
        foreach (var (name, times) in new[] { ("first token", Tally.FirstToken), ("gap", Tally.Gap), ("total", Tally.Total) })
        {
            listing.Add(
                name, Figures.Milliseconds(times.Percentile(0.5)), Figures.Milliseconds(times.Percentile(0.95)), Figures.Milliseconds(times.Percentile(0.99)),
                times.Count == 0 ? "-" : Figures.Milliseconds(times.LongestMilliseconds));
        }

        listing.Write(context.Console, "");
    }

    public string Json()
    {
        var errors = new JsonObject();
        foreach (var (code, count) in Tally.Errors)
        {
            errors[code] = count;
        }

        return new JsonObject
        {
            ["model"] = Model, ["concurrency"] = Plan.Concurrency, ["at_once"] = AtOnce, ["seconds"] = Round(Elapsed.TotalSeconds), ["requests"] = Tally.Requests, ["completed"] = Tally.Completed,
            ["cut"] = Tally.Errors.GetValueOrDefault(LoadTally.Cut), ["errors"] = errors, ["requests_per_second"] = Round(Tally.Requests / Seconds), ["tokens"] = Tally.Tokens,
            ["tokens_per_second"] = Round(Tally.Tokens / Seconds), ["first_token_ms"] = Times(Tally.FirstToken), ["gap_ms"] = Times(Tally.Gap), ["total_ms"] = Times(Tally.Total),
        }.ToJsonString();
    }

    private static JsonObject Times(LatencyHistogram times) => new()
    {
        ["p50"] = Round(times.Percentile(0.5)), ["p95"] = Round(times.Percentile(0.95)), ["p99"] = Round(times.Percentile(0.99)), ["max"] = times.Count == 0 ? null : Round(times.LongestMilliseconds),
    };

    private static JsonValue? Round(double? value) => value is { } number ? JsonValue.Create(decimal.Round((decimal)number, 3)) : null;
}
