using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace ModelMesh.Bench.Benchmarks;

/// <summary>A benchmark's fastest iteration over that of its baseline. The usual ratio is a mean's, which on a shared machine says what else was running.</summary>
internal sealed class MinRatioColumn : IColumn
{
    public string Id => nameof(MinRatioColumn);

    public string ColumnName => "Min ratio";

    public string Legend => "Minimum of this benchmark / minimum of the baseline";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Baseline;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, summary.Style);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) =>
        summary.GetBaseline(summary.GetLogicalGroupKey(benchmarkCase)) is { } baseline
        && summary[baseline]?.ResultStatistics?.Min is { } basis
        && summary[benchmarkCase]?.ResultStatistics?.Min is { } own
            ? (own / basis).ToString("0.00", CultureInfo.InvariantCulture)
            : "?";
}
