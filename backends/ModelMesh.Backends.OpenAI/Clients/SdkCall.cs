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
        var options = new RequestOptions { CancellationToken = cancellationToken, BufferResponse = false };
        options.SetHeader("Accept", EventStream);
        if (RequestIdHeader.CanCarry(requestId))
        {
            options.SetHeader(RequestIdHeader.Name, requestId);
        }

        return options;
    }

    /// <summary>Has the answer read whole.</summary>
    public static RequestOptions Whole(CancellationToken cancellationToken) => new() { CancellationToken = cancellationToken };
}
