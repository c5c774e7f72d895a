using System.Diagnostics;
using OpenTelemetry;

namespace ModelMesh.ServiceDefaults.Telemetry;

/// <summary>
/// Keeps out of traces what comes every few seconds and nobody looks for: calls of probes and scrapers, what replicas ask one another for open pages, and HTTP that belongs to no request, as probes of upstreams do.
/// </summary>
internal sealed class QuietPaths : BaseProcessor<Activity>
{
    private const string Http = "System.Net.Http";

    private static readonly string[] Paths = ["/health", "/alive", "/metrics", "/metrics/targets", "/modelmesh.v1.Requests/List"];

    public override void OnEnd(Activity data)
    {
        if (data is { Source.Name: Http, ParentId: null } || (PathOf(data) is { } path && Array.Exists(Paths, quiet => string.Equals(quiet, path, StringComparison.OrdinalIgnoreCase))))
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }

    private static string? PathOf(Activity span) => span.Source.Name switch
    {
        "Microsoft.AspNetCore" => span.GetTagItem("url.path") as string,
        GrpcSpans.Source => span.GetTagItem("grpc.method") as string,
        Http => Uri.TryCreate(span.GetTagItem("url.full") as string, UriKind.Absolute, out var address) ? address.AbsolutePath : null,
        _ => null,
    };
}
