using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using Perfolizer.Horology;

namespace ModelMesh.Bench.Wire;

/// <summary>Median and minimum, since a shared machine only ever adds time; results go below the repository's build output.</summary>
internal sealed class WireConfig : ManualConfig
{
    public WireConfig()
    {
        AddJob(Job.Default
            .WithWarmupCount(8)
            .WithIterationCount(20)
            .WithIterationTime(TimeInterval.FromMilliseconds(200)));
        AddLogger(ConsoleLogger.Default);
        AddColumnProvider(DefaultColumnProviders.Params, DefaultColumnProviders.Metrics);
        AddColumn(TargetMethodColumn.Method, StatisticColumn.Median, StatisticColumn.Min, BaselineRatioColumn.RatioMean);
        AddExporter(MarkdownExporter.GitHub);
        HideColumns(Column.Gen0, Column.Gen1, Column.Gen2);
        WithBuildTimeout(TimeSpan.FromMinutes(10));
        // bin/ModelMesh.Bench/release/ is where this assembly is.
        ArtifactsPath = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../bench"));
    }
}
