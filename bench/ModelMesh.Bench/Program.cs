using ModelMesh.Bench;
using ModelMesh.Bench.Compare;
using ModelMesh.Bench.Compare.Processes;
using ModelMesh.Bench.Compare.Upstream;
using ModelMesh.Bench.Limits;
using ModelMesh.Bench.Micro;
using ModelMesh.Bench.Ui;
using ModelMesh.Bench.Wire;

const string Usage = """
    Measures what the mesh costs: against calling a model directly and against other gateways, or part by part.

      compare  every scenario through every contender, in turn, as ratios: writes RESULTS.md and results/. Starts what it needs.
        --scenarios LIST    names with commas between them; default all: whole-200, whole-1000, peak, first-token, idle, open-5000,
                            one-stream, streams-500, streams-5000, prompts, churn, hot-update, scale
        --contenders LIST   of direct, nginx, portkey, mesh; default all. One that is not to be had is left out, and the report says why
        --rounds N          how often each has its turn; default 3
        --seconds N         how long a run sends, where the scenario does not say; default 6. Before each run of scale the mesh is metered for
                            so long without requests, and CPU per request is told beyond that
        --warm-up SECONDS   how long each contender answers before the first round; default 30, 0 for not at all
        --build release|any default release: a Debug build is refused, since its figures mislead. any is for trials
        --out FOLDER        default bench/ of this clone for a run that leaves nothing out: every scenario and contender, and no less of the rest than by default;
                            it takes the place of the report there when it has ended. Others, and the results so far, go to artifacts/bench/report/
                            Exit code 1 when a contender's turn was broken off; the report says which, and has what was measured

      report   writes the report of a comparison again
        --in FILE           default bench/results/comparison.json of this clone
        --out FOLDER        default bench/ of this clone

      load     the load generator alone, against an address that runs; exit code 1 when an answer is not complete
        --url URL           default http://localhost:8080; what comes before /v1 in its path stays
        --tokens N  --size BYTES  --first MS  --gap MS    the answer that is asked of the synthetic upstream; default 100, 8, 0, 0
        --model NAME        under which name the upstream is to be had there; default the one that asks it for that answer
        --answer stream|whole                             default stream; whole has at most 100,000 tokens
        --prompt-bytes N                                  default 32
        --clients N | --rate N                            so many clients, each with one request at a time (default 50), or so many a second.
                            Times are corrected for coordinated omission with --rate only
        --seconds N                                       default 10
        --http 1.1|2                                      default 1.1; 2 is without TLS

      upstream the synthetic upstream alone: OpenAI chat completions as the model's name says, synthetic-{tokens}x{size}-first{ms}-gap{ms}
        --port N            HTTP/1.1, default 8090
        --http2-port N      HTTP/2 without TLS, default 8091

      limits   what the mesh adds to a bare mock, how fast it streams, what 1,000 open streams weigh.
               Start the mesh first: dotnet run -c Release --project ModelMesh.AppHost
        --gateway URL    default http://localhost:8080
        --registry URL   default http://localhost:8081

      ui       what an open page of the admin UI costs the registries, with 500 models and 1,000 streams. Start the mesh as for limits.
        --gateway URL    default http://localhost:8080
        --registry URL   default http://localhost:8081

      wire     time and bytes of each streamed chunk, by client, beside the official OpenAI SDK. Starts what it needs.
        --filter GLOB    only the benchmarks of these names, as *Chunk*; default *

      micro    time and bytes of the services' own parts: tokens, events, messages, routing, the catalog's snapshot, leases. Starts what it needs.
        --filter GLOB    only the benchmarks of these names, as *Router*; default *

    """;

try
{
    switch (args)
    {
        case var _ when args.Any(argument => argument is "--help" or "-h"):
            Console.Write(Usage);
            return 0;
        case ["limits", .. var rest]:
            var limits = new Arguments("limits", rest, "--gateway", "--registry");
            using (var mesh = new MeshClient(limits.Address("--gateway", "http://localhost:8080"), limits.Address("--registry", "http://localhost:8081")))
            {
                await LimitsReport.RunAsync(mesh, Console.Out);
            }

            return 0;
        case ["compare", .. var rest]:
            return await CompareCommand.Parse(rest).RunAsync(Console.Out);
        case ["report", .. var rest]:
            ReportCommand.Run(rest);
            return 0;
        case ["load", .. var rest]:
            return await LoadCommand.Parse(rest).RunAsync(Console.Out);
        case ["upstream", .. var rest]:
            var upstream = new Arguments("upstream", rest, "--port", "--http2-port");
            await SyntheticUpstream.RunAsync(upstream.Number("--port", 8090, 1, 65_535), upstream.Number("--http2-port", 8091, 1, 65_535));
            return 0;
        case ["ui", .. var rest]:
            var ui = new Arguments("ui", rest, "--gateway", "--registry");
            var registry = ui.Address("--registry", "http://localhost:8081");
            using (var mesh = new MeshClient(ui.Address("--gateway", "http://localhost:8080"), registry))
            {
                await UiReport.RunAsync(mesh, registry, Console.Out);
            }

            return 0;
        case ["wire", .. var rest]:
            return WireCommand.Run(new Arguments("wire", rest, "--filter").Text("--filter", "*"), Console.Error);
        case ["micro", .. var rest]:
            return MicroCommand.Run(new Arguments("micro", rest, "--filter").Text("--filter", "*"), Console.Out, Console.Error);
        default:
            throw new FormatException(args is [var command, ..] ? $"There is no command '{command}'." : "A command is missing.");
    }
}
catch (FormatException exception)
{
    await Console.Error.WriteLineAsync($"{exception.Message} Options are listed by --help.");
    return 2;
}
catch (Exception exception) when (exception is ContenderFault or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
