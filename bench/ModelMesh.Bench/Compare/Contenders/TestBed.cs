using ModelMesh.Bench.Compare.Processes;
using ModelMesh.Bench.Compare.Upstream;
using ModelMesh.LocalHosting;
using ModelMesh.LocalHosting.Processes;

namespace ModelMesh.Bench.Compare.Contenders;

/// <summary>What all contenders share: the upstream, a scratch folder, and that nothing outlives the bench.</summary>
internal sealed class TestBed : IAsyncDisposable
{
    private readonly IOrphanGuard _guard = IOrphanGuard.Start();
    private readonly ScratchFolder _scratch = new(Path.GetTempPath());
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(2) };

    private TestBed(int port, int http2Port)
    {
        UpstreamAddress = At(port);
        Upstream = new StartedProgram(
            _guard,
            "upstream",
            underTest: false,
            _scratch.FullName,
            DotnetHost.Path,
            ["exec", typeof(TestBed).Assembly.Location, "upstream", "--port", $"{port}", "--http2-port", $"{http2Port}"]);
    }

    public StartedProgram Upstream { get; }

    /// <summary>Speaks HTTP/1.1.</summary>
    public Uri UpstreamAddress { get; }

    public string Scratch => _scratch.FullName;

    public static async Task<TestBed> StartAsync()
    {
        var bed = new TestBed(FreePorts.Next(), FreePorts.Next());
        try
        {
            await bed.ReadyAsync(bed.Upstream, new Uri(bed.UpstreamAddress, "/v1/models"));
            return bed;
        }
        catch
        {
            await bed.DisposeAsync();
            throw;
        }
    }

    public static Uri At(int port) => new($"http://127.0.0.1:{port}");

    /// <summary>Starts a part of a contender.</summary>
    public StartedProgram Start(string name, string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? folder = null) =>
        new(_guard, name, underTest: true, folder ?? Scratch, program, arguments, environment);

    /// <summary>Waits until a program answers a GET with a status below 500.</summary>
    /// <exception cref="ContenderFault">It ended, or does not answer in time.</exception>
    public Task ReadyAsync(StartedProgram program, Uri address) => program.ReadyAsync(() => AnswersAsync(address), TimeSpan.FromSeconds(60));

    /// <summary>Waits until the upstream writes no answer any more.</summary>
    /// <exception cref="ContenderFault">It still does after half a minute: a contender did not tell it that the client has gone.</exception>
    public Task QuietAsync() => Upstream.ReadyAsync(async () => await _http.GetStringAsync(new Uri(UpstreamAddress, SyntheticUpstream.OpenPath)) == "0", TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        await Upstream.DisposeAsync();
        _http.Dispose();
        _guard.Dispose();
        _scratch.Dispose();
    }

    private async Task<bool> AnswersAsync(Uri address)
    {
        try
        {
            using var response = await _http.GetAsync(address);
            return (int)response.StatusCode < 500;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
