using System.Text.Json;

namespace ModelMesh.Testing.RealParts;

/// <summary>Lemonade's server: Ollama's API over llama.cpp's server, which it starts by itself when a model is first asked for.</summary>
public sealed class Lemonade : IAsyncDisposable
{
    /// <summary>What it calls the model.</summary>
    public const string Model = "slow";

    private readonly PartProcess _process;
    private readonly DirectoryInfo _folder;

    private Lemonade(PartProcess process, Uri address, DirectoryInfo folder) => (_process, Address, _folder) = (process, address, folder);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>What it and its llama.cpp wrote so far.</summary>
    public string Log => _process.Log;

    /// <summary>Starts it and returns once it answers; the model is not loaded yet.</summary>
    public static async Task<Lemonade> StartAsync()
    {
        var address = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}/");
        var folder = Directory.CreateTempSubdirectory("modelmesh-lemonade-");
        try
        {
            var models = folder.CreateSubdirectory("models");
            File.CreateSymbolicLink(Path.Combine(models.FullName, $"{Model}.gguf"), LlamaServer.FileOf(LlamaModel.Slow));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "config.json"), JsonSerializer.Serialize(new Dictionary<string, object>
            {
                ["extra_models_dir"] = models.FullName,
                ["offline"] = true,
                ["websocket_port"] = LoopbackPort.Free(),
            }));
            string[] arguments = [folder.FullName, folder.FullName, "--host", "127.0.0.1", "--port", $"{address.Port}", "--no-broadcast", "--log-file", "disabled"];
            var program = Path.Combine(InstalledParts.Scripts, "servers", "lemond");
            return new Lemonade(await PartProcess.StartAsync(program, arguments, new Uri(address, "api/version")), address, folder);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
