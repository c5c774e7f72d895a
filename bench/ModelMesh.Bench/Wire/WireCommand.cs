using ModelMesh.Bench.Benchmarks;

namespace ModelMesh.Bench.Wire;

/// <summary>Runs the benchmarks of the wire clients.</summary>
internal static class WireCommand
{
    private static readonly Type[] Benchmarks = [typeof(ChunkBenchmarks), typeof(LoopbackBenchmarks), typeof(EmbeddingBenchmarks)];

    /// <returns>The exit code: 0 when everything that was chosen has its figures.</returns>
    public static int Run(string filter, TextWriter errors) => BenchmarkRun.Run(Benchmarks, filter, new BenchmarkConfig(warmups: 40, iterations: 100), errors);
}
