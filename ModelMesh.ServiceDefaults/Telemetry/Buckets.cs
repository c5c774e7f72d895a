using System.Diagnostics.Metrics;

namespace ModelMesh.ServiceDefaults.Telemetry;

/// <summary>The boundaries of histograms, in seconds but for <see cref="Tokens"/>. Those that exporters take by themselves are meant for milliseconds.</summary>
public static class Buckets
{
    /// <summary>As the conventions advise for whole operations.</summary>
    public static InstrumentAdvice<double> Operation { get; } = Of(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);

    /// <summary>As the conventions advise for a server's first token.</summary>
    public static InstrumentAdvice<double> FirstToken { get; } = Of(0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10);

    /// <summary>As the conventions advise for a server's later tokens.</summary>
    public static InstrumentAdvice<double> LaterToken { get; } = Of(0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5);

    /// <summary>What a client may wait for its first token, a queue and a model that has to be loaded included.</summary>
    public static InstrumentAdvice<double> Wait { get; } = Of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2.5, 5, 10, 20, 30, 60, 120, 300);

    /// <summary>From one batch of tokens to the next.</summary>
    public static InstrumentAdvice<double> Gap { get; } = Of(0.001, 0.0025, 0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.06, 0.08, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30);

    /// <summary>What the mesh itself costs.</summary>
    public static InstrumentAdvice<double> Overhead { get; } = Of(0.00025, 0.0005, 0.001, 0.0015, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5, 30);

    /// <summary>Tokens of one request, as the conventions advise.</summary>
    public static InstrumentAdvice<long> Tokens { get; } = new()
    {
        HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864],
    };

    private static InstrumentAdvice<double> Of(params double[] boundaries) => new() { HistogramBucketBoundaries = boundaries };
}
