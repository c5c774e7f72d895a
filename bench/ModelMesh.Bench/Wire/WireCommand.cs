using BenchmarkDotNet.Running;

namespace ModelMesh.Bench.Wire;

/// <summary>Runs the benchmarks of the wire clients.</summary>
internal static class WireCommand
{
    private static readonly Type[] Benchmarks = [typeof(ChunkBenchmarks), typeof(LoopbackBenchmarks), typeof(EmbeddingBenchmarks)];

    /// <returns>The exit code: 0 when everything that was chosen has its figures.</returns>
    public static int Run(string filter, TextWriter errors)
    {
        var summaries = BenchmarkSwitcher.FromTypes(Benchmarks).Run(["--filter", filter], new WireConfig()).ToArray();
        if (!summaries.Any(summary => summary.Reports.Length > 0 || summary.HasCriticalValidationErrors))
        {
            errors.WriteLine($"--filter '{filter}' chooses no benchmark.");
            return 2;
        }

        return summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? 0 : 1;
    }
}
