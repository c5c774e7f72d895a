using System.Globalization;
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
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly Func<StartedProgram> _startUpstream;

    private TestBed(int port, int http2Port)
    {
        UpstreamAddress = At(port);
        _startUpstream = () => new StartedProgram(
            _guard,
            "upstream",
            underTest: false,
            _scratch.FullName,
            DotnetHost.Path,
            ["exec", typeof(TestBed).Assembly.Location, "upstream", "--port", $"{port}", "--http2-port", $"{http2Port}"]);
        Upstream = _startUpstream();
    }

    public StartedProgram Upstream { get; private set; }

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

    /// <summary>Starts the upstream again where it has ended.</summary>
    /// <returns>What there is to say of that; null when it runs.</returns>
    /// <exception cref="ContenderFault">It does not start.</exception>
    public async Task<string?> RestoreUpstreamAsync()
    {
        if (!Upstream.HasEnded)
        {
            return null;
        }

        var said = Upstream.Output;
        await Upstream.DisposeAsync();
        Upstream = _startUpstream();
        await ReadyAsync(Upstream, new Uri(UpstreamAddress, "/v1/models"));
        return $"the bench's own upstream ended, and was started again{(said.Length == 0 ? "" : $"; it had said: {said}")}";
    }

    /// <summary>How many answers the upstream is writing.</summary>
    public async Task<long> OpenAnswersAsync() => long.Parse(await _http.GetStringAsync(new Uri(UpstreamAddress, SyntheticUpstream.OpenPath)), CultureInfo.InvariantCulture);

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
