using System.Diagnostics;
using OpenTelemetry;

namespace ModelMesh.ServiceDefaults.Telemetry;

/// <summary>Keeps the calls of probes and scrapers out of traces: every few seconds one, and nobody looks for them.</summary>
internal sealed class QuietPaths : BaseProcessor<Activity>
{
    private static readonly string[] Paths = ["/health", "/alive", "/metrics"];

    public override void OnEnd(Activity data)
    {
        if (data.Source.Name == "Microsoft.AspNetCore" && data.GetTagItem("url.path") is string path && Array.Exists(Paths, quiet => string.Equals(quiet, path, StringComparison.OrdinalIgnoreCase)))
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
