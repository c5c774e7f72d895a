using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.ServiceDefaults.Errors;

/// <summary>What a client is told of an exception, ours or the server's.</summary>
public static class ErrorMapping
{
    public static MeshException From(Exception exception) => exception switch
    {
        MeshException mesh => mesh,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new MeshException(ErrorCode.PayloadTooLarge, "The request body is larger than this service accepts."),
        BadHttpRequestException bad => new MeshException(ErrorCode.InvalidRequest, bad.Message, bad),
        JsonException json => MeshException.Invalid(json.Path ?? "", "The body is not valid JSON for this request."),
        _ => new MeshException(ErrorCode.Internal, innerException: exception),
    };
}
