using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using ModelMesh.ServiceDefaults.Prometheus.Exposition;

namespace ModelMesh.ServiceDefaults.Prometheus;

/// <summary><c>GET /metrics</c>.</summary>
internal sealed class MetricsEndpoint(MetricsCollector collector, TargetLabels target)
{
    private const int FlushAt = 64 * 1024;
    private readonly byte[] _target = Encoding.UTF8.GetBytes(target.Text);

    public async Task WriteAsync(HttpContext context)
    {
        var headers = context.Request.GetTypedHeaders();
        var format = FormatChoice.Of(headers.Accept);
        var snapshot = await collector.ReadAsync(context.RequestAborted);
        var response = context.Response;
        response.ContentType = format == ExpositionFormat.OpenMetrics ? "application/openmetrics-text; version=1.0.0; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = $"{HeaderNames.Accept}, {HeaderNames.AcceptEncoding}";
        if (headers.AcceptEncoding.Any(coding => coding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && coding.Quality is not 0))
        {
            response.Headers.ContentEncoding = "gzip";
            await using var zipped = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
            var pipe = PipeWriter.Create(zipped, new StreamPipeWriterOptions(leaveOpen: true));
            await WriteAsync(pipe, snapshot, format, context.RequestAborted);
            await pipe.CompleteAsync();
        }
        else
        {
            await WriteAsync(response.BodyWriter, snapshot, format, context.RequestAborted);
        }
    }

    private async Task WriteAsync(PipeWriter to, IReadOnlyList<FamilySnapshot> snapshot, ExpositionFormat format, CancellationToken cancellationToken)
    {
        var writer = new ExpositionWriter(to, format);
        writer.WriteInfo("target", "The service that these metrics are of", _target);
        foreach (var family in snapshot)
        {
            writer.Write(family);
            if (to.CanGetUnflushedBytes && to.UnflushedBytes >= FlushAt)
            {
                await to.FlushAsync(cancellationToken);
            }
        }

        writer.WriteEnd();
        await to.FlushAsync(cancellationToken);
    }
}
