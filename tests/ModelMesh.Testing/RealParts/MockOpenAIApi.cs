namespace ModelMesh.Testing.RealParts;

/// <summary>mock-openai-api: a second fake of the OpenAI API, with a model for each thing to show.</summary>
public sealed class MockOpenAIApi : IAsyncDisposable
{
    private readonly PartProcess _process;

    private MockOpenAIApi(PartProcess process, Uri v1) => (_process, V1) = (process, v1);

    /// <summary>Where its OpenAI API is.</summary>
    public Uri V1 { get; }

    internal static string Program => InstalledParts.PathOf("npm", "node_modules", "mock-openai-api", "dist", "cli.js");

    public static async Task<MockOpenAIApi> StartAsync()
    {
        var address = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}/");
        return new MockOpenAIApi(
            await PartProcess.StartAsync("node", [Program, "--host", "127.0.0.1", "--port", $"{address.Port}"], new Uri(address, "health")), new Uri(address, "v1"));
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
