using BenchmarkDotNet.Running;

namespace ModelMesh.Bench.Benchmarks;

/// <summary>Runs those of some benchmarks that a filter chooses.</summary>
internal static class BenchmarkRun
{
    /// <returns>The exit code: 0 when everything that was chosen has its figures.</returns>
    public static int Run(Type[] benchmarks, string filter, BenchmarkConfig config, TextWriter errors)
    {
        var summaries = BenchmarkSwitcher.FromTypes(benchmarks).Run(["--filter", filter], config).ToArray();
        if (!summaries.Any(summary => summary.Reports.Length > 0 || summary.HasCriticalValidationErrors))
        {
            errors.WriteLine($"--filter '{filter}' chooses no benchmark.");
            return 2;
        }

        return summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? 0 : 1;
    }
}
