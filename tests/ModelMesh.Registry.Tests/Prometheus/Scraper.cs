using System.Buffers;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.Options;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.ServiceDefaults.Prometheus;
using ModelMesh.ServiceDefaults.Prometheus.Exposition;

namespace ModelMesh.Registry.Tests.Prometheus;

/// <summary>A listener and a meter of one test's own.</summary>
internal sealed class Scraper : IDisposable
{
    private readonly TestMeters _meters = new();
    private readonly MetricsCollector _collector;

    public Scraper(MetricsOptions? options = null, TimeProvider? time = null)
    {
        Meter = _meters.Create("ModelMesh.Test");
        _collector = new MetricsCollector(_meters, Options.Create(options ?? new MetricsOptions()), time ?? TimeProvider.System, Log);
    }

    public Meter Meter { get; }

    public RecordedLog<MetricsCollector> Log { get; } = new();

    public Meter Other(string name) => _meters.Create(name);

    /// <summary>What is shown of one metric, remarks included.</summary>
    public async Task<string> ReadAsync(string family, ExpositionFormat format = ExpositionFormat.Text)
    {
        var to = new ArrayBufferWriter<byte>();
        var writer = new ExpositionWriter(to, format);
        foreach (var snapshot in (await _collector.ReadAsync(CancellationToken.None)).Where(snapshot => snapshot.Family.Name.Family == family))
        {
            writer.Write(snapshot);
        }

        return Encoding.UTF8.GetString(to.WrittenSpan);
    }

    /// <summary>The samples of one metric.</summary>
    public async Task<string[]> SamplesAsync(string family) =>
        [.. (await ReadAsync(family)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#'))];

    public void Dispose()
    {
        _collector.Dispose();
        _meters.Dispose();
    }
}
