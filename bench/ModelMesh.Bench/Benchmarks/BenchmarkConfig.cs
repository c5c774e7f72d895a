using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains;
using Perfolizer.Horology;

namespace ModelMesh.Bench.Benchmarks;

/// <summary>
/// Many short iterations, their median and their minimum, since what else a machine does only ever adds time. Results go below the repository's build output.
/// </summary>
internal sealed class BenchmarkConfig : ManualConfig
{
    /// <param name="toolchain">What makes programs of benchmarks; null for one built anew, in a process of its own for each benchmark.</param>
    public BenchmarkConfig(int warmups, int iterations, IToolchain? toolchain = null)
    {
        var job = toolchain is null ? Job.Default : Job.Default.WithToolchain(toolchain);
        AddJob(job
            .WithWarmupCount(warmups)
            .WithIterationCount(iterations)
            .WithIterationTime(TimeInterval.FromMilliseconds(30)));
        AddLogger(ConsoleLogger.Default);
        AddColumnProvider(DefaultColumnProviders.Params, DefaultColumnProviders.Metrics);
        AddColumn(TargetMethodColumn.Method, StatisticColumn.Median, StatisticColumn.Min, new MinRatioColumn(), BaselineAllocationRatioColumn.RatioMean);
        AddExporter(MarkdownExporter.GitHub);
        HideColumns(Column.Gen0, Column.Gen1, Column.Gen2);
        WithBuildTimeout(TimeSpan.FromMinutes(10));
        // bin/ModelMesh.Bench/release/ is where this assembly is.
        ArtifactsPath = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../bench"));
    }
}
