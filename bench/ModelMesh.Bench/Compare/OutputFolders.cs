using ModelMesh.Bench.Compare.Report;

namespace ModelMesh.Bench.Compare;

/// <summary>Where a comparison is written.</summary>
/// <param name="Running">After each scenario, and at the end where <paramref name="Final"/> is null.</param>
/// <param name="Final">At the end, in place of the report that is there: for a run that leaves nothing out.</param>
internal sealed record OutputFolders(string Running, string? Final)
{
    /// <summary>Where the report is to be found at last.</summary>
    public string Last => Final ?? Running;

    /// <param name="named">What the user said; null for nothing.</param>
    /// <param name="isFull">Whether nothing is left out: every scenario through every contender, for as long as by default or longer.</param>
    /// <param name="kept">Where the report of a full run is kept.</param>
    /// <param name="trials">Where others go, so that they do not take its place.</param>
    public static OutputFolders Of(string? named, bool isFull, string kept, string trials) =>
        named is not null ? new(named, null) : new(trials, isFull ? kept : null);

    /// <exception cref="FormatException">One of them cannot be made or written.</exception>
    public void Try()
    {
        ReportFolder.Try(Running);
        if (Final is not null)
        {
            ReportFolder.Try(Final);
        }
    }
}
