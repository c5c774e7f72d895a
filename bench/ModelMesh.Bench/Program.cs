using ModelMesh.Bench;
using ModelMesh.Bench.Limits;
using ModelMesh.Bench.Micro;
using ModelMesh.Bench.Ui;
using ModelMesh.Bench.Wire;

const string Usage = """
    Measures a running mesh, or the clients of its backends.

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
        case ["--help" or "-h"] or [_, "--help" or "-h"]:
            Console.Write(Usage);
            return 0;
        case ["limits", .. var rest]:
            var limits = new Arguments("limits", rest, "--gateway", "--registry");
            using (var mesh = new MeshClient(limits.Address("--gateway", "http://localhost:8080"), limits.Address("--registry", "http://localhost:8081")))
            {
                await LimitsReport.RunAsync(mesh, Console.Out);
            }

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
    await Console.Error.WriteLineAsync(exception.Message);
    await Console.Error.WriteLineAsync();
    await Console.Error.WriteAsync(Usage);
    return 2;
}
