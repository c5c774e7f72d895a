using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.ServiceDefaults.Errors;

/// <summary>Writes a <see cref="MeshException"/> as an HTTP answer: the table's status, the one error body, Retry-After in whole seconds.</summary>
public static class ErrorResponse
{
    public static Task WriteAsync(HttpContext context, MeshException exception, CancellationToken cancellationToken) =>
        WriteAsync(context, exception, ErrorTable.Row(exception.Code).HttpStatus, cancellationToken);

    public static async Task WriteAsync(HttpContext context, MeshException exception, int status, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        if (exception.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(ErrorBody.From(exception), ErrorJson.Readable.ErrorBody);
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, cancellationToken);
    }
}
