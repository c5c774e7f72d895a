using System.ClientModel.Primitives;
using ModelMesh.Backends.Wire.Http;

namespace ModelMesh.Backends.OpenAI.Clients;

/// <summary>How the SDK's methods are called.</summary>
internal static class SdkCall
{
    public const string EventStream = "text/event-stream";

    /// <summary>Has the answer returned as soon as its headers are there.</summary>
    public static RequestOptions Streaming(string? requestId, CancellationToken cancellationToken)
    {
        var options = Of(requestId, cancellationToken);
        options.BufferResponse = false;
        options.SetHeader("Accept", EventStream);
        return options;
    }

    /// <summary>Has the answer read whole.</summary>
    public static RequestOptions Whole(string? requestId, CancellationToken cancellationToken) => Of(requestId, cancellationToken);

    private static RequestOptions Of(string? requestId, CancellationToken cancellationToken)
    {
        var options = new RequestOptions { CancellationToken = cancellationToken };
        if (RequestIdHeader.CanCarry(requestId))
        {
            options.SetHeader(RequestIdHeader.Name, requestId);
        }

        return options;
    }
}
