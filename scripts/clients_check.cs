#:property PublishAot=false
#:property Sources=clients/dotnet
#:package OpenAI
#:package Anthropic
// Runs the clients of others, unmodified, against a gateway, or any server with these APIs:
//   dotnet run scripts/clients_check.cs
using System.Runtime.InteropServices;
using ModelMesh.Scripts;
using ModelMesh.Scripts.Clients;

return await Checks.RunAsync(async () =>
{
    var options = Options.Parse(
        "Runs OpenAI, Anthropic, Ollama and AI SDK clients of npm and NuGet, unmodified, against a gateway.",
        args,
        ("only", "", $"run these groups alone, comma separated, of {string.Join(", ", ClientGroup.All.Select(group => group.Name))}"),
        ("model", "", "a chat model that is there; without it mock models are registered, and deleted at the end"),
        ("tool-model", "", "with --model: a model that calls tools; without it those checks are skipped"),
        ("embedding-model", "", "with --model: a model that makes embeddings; the same"),
        ("slow-model", "", "with --model: a model whose answer takes seconds, to leave in its middle; the same"));
    var groups = ClientGroup.Named(options["only"]);
    var checks = new Checks();
    using var stop = new CancellationTokenSource();
    using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

    using var mesh = new Mesh(options.Gateway, options.Registry);
    await using var mocks = new MockModels(mesh, options);
    try
    {
        var models = options["model"].Length > 0 ? ClientModels.Given(options) : await mocks.RegisterAsync();
        foreach (var group in groups)
        {
            await group.RunAsync(models, checks, stop.Token);
        }

        return checks.Summary();
    }
    catch (OperationCanceledException) when (stop.IsCancellationRequested)
    {
        Console.Error.WriteLine("stopped");
        return 130;
    }

    // The process goes on, so that what was registered is deleted.
    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
});
