using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using Perfolizer.Horology;

namespace ModelMesh.Bench.Wire;

/// <summary>
/// Many short iterations, their median and their minimum, since what else a machine does only ever adds time. Results go below the repository's build output.
/// </summary>
internal sealed class WireConfig : ManualConfig
{
    public WireConfig()
    {
        AddJob(Job.Default
            .WithWarmupCount(40)
            .WithIterationCount(100)
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
