using System.Globalization;
using Microsoft.AspNetCore.Http;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.ServiceDefaults.Errors;

/// <summary>Writes a <see cref="MeshException"/> as an HTTP answer: the table's status, the body of the API that was called, Retry-After in whole seconds.</summary>
public static class ErrorResponse
{
    public static Task WriteAsync(HttpContext context, MeshException exception, IErrorShape shape, CancellationToken cancellationToken) =>
        WriteAsync(context, exception, ErrorTable.Row(exception.Code).HttpStatus, shape, cancellationToken);

    public static async Task WriteAsync(HttpContext context, MeshException exception, int status, IErrorShape shape, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        if (exception.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        var body = shape.Write(exception, context);
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, cancellationToken);
    }
}
