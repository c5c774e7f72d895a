using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Errors;
using ModelMesh.ServiceDefaults.Errors;

namespace ModelMesh.Gateway.OpenAI.Responses;

/// <summary>What reads, cancels or deletes a stored answer: there is none.</summary>
internal static class NothingStored
{
    public static Task AnswerAsync(HttpContext context)
    {
        var error = new MeshException(ErrorCode.InvalidRequest, $"There is nothing at {context.Request.Path}: the mesh stores no answers.");
        return ErrorResponse.WriteAsync(context, error, StatusCodes.Status404NotFound, ErrorShapes.OpenAI, context.RequestAborted);
    }
}
