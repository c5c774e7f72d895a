namespace ModelMesh.Testing.RealParts;

/// <summary>aimock: a fake of the OpenAI and Ollama APIs whose answers, and faults, are chosen by a word in the prompt (<c>tests/real-parts/aimock-fixtures.json</c>).</summary>
public sealed class AiMock : IAsyncDisposable
{
    /// <summary>A model that its lists name.</summary>
    public const string Model = "gpt-4o";

    /// <summary>What it answers where the prompt has none of its words.</summary>
    public const string Answer = "Hello from a third-party fake upstream; this text is long enough to come in several chunks.";

    /// <summary>What it would answer to TRUNC, but for the cut.</summary>
    public const string CutAnswer = "this stream will be cut off after three chunks and never finish properly";

    /// <summary>What it would answer to HANGUP, but for hanging up.</summary>
    public const string HungUpAnswer = "this stream will be disconnected after three hundred milliseconds by the server side";

    private readonly PartProcess _process;

    private AiMock(PartProcess process, Uri address) => (_process, Address) = (process, address);

    /// <summary>Where it listens; Ollama's API is below.</summary>
    public Uri Address { get; }

    /// <summary>Where its OpenAI API is.</summary>
    public Uri V1 => new(Address, "v1");

    internal static string Program => InstalledParts.PathOf("npm", "node_modules", "@copilotkit", "aimock", "dist", "cli.js");

    /// <summary>Starts it, with options such as <c>--chaos-drop 0.2</c>.</summary>
    public static async Task<AiMock> StartAsync(params string[] options)
    {
        var address = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}/");
        string[] arguments = [Program, "-h", "127.0.0.1", "-p", $"{address.Port}", "-f", Path.Combine(InstalledParts.Scripts, "aimock-fixtures.json"), .. options];
        return new AiMock(await PartProcess.StartAsync("node", arguments, new Uri(address, "health")), address);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
