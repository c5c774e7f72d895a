#:property PublishAot=false
#:package Spectre.Console
// Opens n models x m streams at once and shows live who streams and who is refused:
//   dotnet run scripts/stream_load.cs -- --models 1 --streams 3 --max-concurrency 2
using System.Text.Json.Nodes;
using ModelMesh.Scripts;
using Spectre.Console;

return await Checks.RunAsync(async () =>
{
    var options = Options.Parse(
        "Opens n models x m streams at once and shows live who streams and who is refused.",
        args,
        ("models", "2", "how many models to register"),
        ("streams", "3", "how many streams to open on each at once"),
        ("max-concurrency", "2", "each model's limit"),
        ("tokens", "60", "tokens of one stream"),
        ("token-delay", "50", "milliseconds between two tokens"));
    using var mesh = new Mesh(options.Gateway, options.Registry);
    var run = Guid.NewGuid().ToString("N")[..6];
    var models = Enumerable.Range(1, options.Number("models")).Select(n => $"load-{run}-{n}").ToArray();
    var limit = options.Number("max-concurrency");
    var streams = options.Number("streams");
    var rows = models.SelectMany(model => Enumerable.Range(1, streams).Select(n => new Row(model, n))).ToArray();
    try
    {
        foreach (var model in models)
        {
            var answer = await mesh.RegisterAsync(new JsonObject
            {
                ["name"] = model, ["version"] = "v1", ["backend_type"] = "mock", ["max_concurrency"] = limit,
                ["backend"] = new JsonObject { ["tokens"] = options.Number("tokens"), ["token_delay_ms"] = options.Number("token-delay") },
            });
            if (answer.Status != 201)
            {
                throw new ScriptException($"registering {model} was refused: {answer.Body}");
            }
        }

        var running = Task.WhenAll(rows.Select(row => StreamAsync(mesh, row)));
        if (Console.IsOutputRedirected)
        {
            await running;
            AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
            AnsiConsole.Profile.Width = 110;
            AnsiConsole.Write(Render(rows));
        }
        else
        {
            await AnsiConsole.Live(Render(rows)).StartAsync(async live =>
            {
                while (!running.IsCompleted)
                {
                    live.UpdateTarget(Render(rows));
                    await Task.WhenAny(running, Task.Delay(TimeSpan.FromMilliseconds(100)));
                }

                live.UpdateTarget(Render(rows));
            });
            await running;
        }
    }
    finally
    {
        foreach (var model in models)
        {
            await mesh.DeleteAsync(model, "v1", drain: true);
        }
    }

    var done = rows.Count(row => row.State == State.Done);
    var refused = rows.Count(row => row.State == State.Refused);
    var failed = rows.Length - done - refused;
    var expected = models.Length * Math.Min(limit, streams);
    Console.WriteLine($"{done} streamed, {refused} refused, {failed} failed; expected {expected} to stream and {rows.Length - expected} to be refused");
    return done == expected && failed == 0 ? 0 : 1;
});

static async Task StreamAsync(Mesh mesh, Row row)
{
    var start = TimeProvider.System.GetTimestamp();
    using var stream = await mesh.InferAsync(new JsonObject { ["model"] = row.Model, ["version"] = "v1", ["input"] = $"stream {row.Number}" });
    if (stream.Status != 200)
    {
        row.State = stream.Status == 429 ? State.Refused : State.Failed;
        row.Note = $"{stream.Status} {stream.ErrorCode}" + (stream.RetryAfter is { } wait ? $", retry after {wait} s" : "");
        return;
    }

    row.Note = $"on {stream.Header("x-modelmesh-instance")}";
    row.State = State.Streaming;
    try
    {
        await foreach (var (name, data) in stream.ReadAsync())
        {
            switch (name)
            {
                case "token":
                    row.FirstToken ??= TimeProvider.System.GetElapsedTime(start);
                    row.Tokens++;
                    break;
                case "done":
                    row.State = State.Done;
                    return;
                default:
                    row.State = State.Failed;
                    row.Note = (string?)data["error"]?["message"] ?? name;
                    return;
            }
        }

        row.Note = "ended without done";
    }
    catch (IOException exception)
    {
        row.Note = exception.Message;
    }

    row.State = State.Cut;
}

static Table Render(IEnumerable<Row> rows)
{
    var table = new Table().Border(TableBorder.Rounded).AddColumns("model", "stream", "state");
    table.AddColumn(new TableColumn("tokens").RightAligned()).AddColumn(new TableColumn("first token").RightAligned()).AddColumn("note");
    foreach (var row in rows)
    {
        var colour = row.State switch { State.Done => "green", State.Streaming => "blue", State.Refused => "yellow", State.Waiting => "grey", _ => "red" };
        table.AddRow(
            Markup.Escape(row.Model),
            $"{row.Number}",
            $"[{colour}]{row.State.ToString().ToLowerInvariant()}[/]",
            $"{row.Tokens}",
            row.FirstToken is { } first ? $"{first.TotalMilliseconds:0.0} ms" : "",
            Markup.Escape(row.Note));
    }

    return table;
}

internal enum State
{
    Waiting,
    Streaming,
    Done,
    Refused,
    Failed,
    Cut,
}

internal sealed class Row(string model, int number)
{
    public string Model => model;

    public int Number => number;

    public State State { get; set; }

    public int Tokens { get; set; }

    public TimeSpan? FirstToken { get; set; }

    public string Note { get; set; } = "";
}
