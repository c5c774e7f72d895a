namespace ModelMesh.Testing.RealParts;

/// <summary>llama.cpp's server with four slots of 2,048 tokens.</summary>
public sealed class LlamaServer : IAsyncDisposable
{
    private readonly PartProcess _process;

    private LlamaServer(PartProcess process, int port) => (_process, Address) = (process, AddressOf(port));

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Where its OpenAI API is.</summary>
    public Uri V1 => new(Address, "v1");

    /// <summary>What it wrote so far.</summary>
    public string Log => _process.Log;

    /// <summary>How many answers it gave up because the client had left.</summary>
    public int Cancelled => Log.Split("cancel task").Length - 1;

    /// <summary>The model's file.</summary>
    public static string FileOf(LlamaModel model) => InstalledParts.PathOf("models", model == LlamaModel.Tiny ? "tiny.gguf" : "slow.gguf");

    /// <summary>Starts it and returns once its model is loaded.</summary>
    public static async Task<LlamaServer> StartAsync(LlamaModel model, params string[] options)
    {
        var port = LoopbackPort.Free();
        return new LlamaServer(await PartProcess.StartAsync(Program, Arguments(port, model, options), new Uri(AddressOf(port), "health")), port);
    }

    /// <summary>Starts it and returns at once.</summary>
    public static LlamaServer Launch(LlamaModel model)
    {
        var port = LoopbackPort.Free();
        return new LlamaServer(PartProcess.Launch(Program, Arguments(port, model, [])), port);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static string Program => Path.Combine(InstalledParts.Scripts, "servers", "llama-server");

    private static IEnumerable<string> Arguments(int port, LlamaModel model, string[] options) =>
        ["--host", "127.0.0.1", "--port", $"{port}", "-m", FileOf(model), "-a", "tiny", "-c", "8192", "-np", "4", "-t", "1", "--metrics", .. options];

    private static Uri AddressOf(int port) => new($"http://127.0.0.1:{port}/");
}
