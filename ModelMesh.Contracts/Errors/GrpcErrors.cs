using System.Globalization;
using System.Text.Json;
using Grpc.Core;

namespace ModelMesh.Contracts.Errors;

/// <summary>How a <see cref="MeshException"/> travels over gRPC: status and detail, with the code, the wait and the faults as trailers.
/// What is longer than trailers may be is cut.</summary>
public static class GrpcErrors
{
    private const string CodeTrailer = "modelmesh-error";
    private const string RetryAfterTrailer = "modelmesh-retry-after-ms";
    private const string RetryElsewhereTrailer = "modelmesh-retry-elsewhere";
    private const string DetailsTrailer = "modelmesh-details-bin";

    public static RpcException ToRpcException(MeshException exception)
    {
        var row = ErrorTable.Row(exception.Code);
        var trailers = new Metadata { { CodeTrailer, row.Name } };
        if (exception.RetryAfter is { } wait)
        {
            trailers.Add(RetryAfterTrailer, ((long)Math.Ceiling(wait.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture));
        }

        if (exception.RetryElsewhere)
        {
            trailers.Add(RetryElsewhereTrailer, "1");
        }

        if (exception.Details.Count > 0)
        {
            trailers.Add(DetailsTrailer, JsonSerializer.SerializeToUtf8Bytes(TrailerSize.Details(exception.Details), ErrorJson.Default.IReadOnlyListErrorDetail));
        }

        return new RpcException(new Status(row.GrpcStatus, TrailerSize.Text(exception.Message)), trailers);
    }

    /// <summary>
    /// The error a registry sent, or null when the failure is not one of ours: the connection broke, or the peer is no registry.
    /// The caller knows best what that means to its client.
    /// </summary>
    public static MeshException? FromRpcException(RpcException exception)
    {
        if (exception.Trailers.GetValue(CodeTrailer) is not { } name || ErrorTable.Find(name) is not { } row)
        {
            return null;
        }

        var details = exception.Trailers.GetValueBytes(DetailsTrailer) is { } bytes
            ? JsonSerializer.Deserialize(bytes, ErrorJson.Default.IReadOnlyListErrorDetail) ?? []
            : [];
        return new MeshException(row.Code, exception.Status.Detail, exception)
        {
            RetryAfter = long.TryParse(exception.Trailers.GetValue(RetryAfterTrailer), CultureInfo.InvariantCulture, out var milliseconds)
                ? TimeSpan.FromMilliseconds(milliseconds)
                : null,
            RetryElsewhere = exception.Trailers.GetValue(RetryElsewhereTrailer) is not null,
            Details = details,
        };
    }
}
