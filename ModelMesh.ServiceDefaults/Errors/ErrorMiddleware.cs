using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.ServiceDefaults.Errors;

/// <summary>The edge where every failure becomes an error body. A response that has begun is not touched: its writer ends it.</summary>
public static partial class ErrorMiddleware
{
    /// <param name="shapeOf">How the API that a request is for writes errors, also where nothing is at its path; the mesh's own way when it is not given.</param>
    public static WebApplication UseMeshErrors(this WebApplication app, Func<HttpRequest, IErrorShape>? shapeOf = null)
    {
        var logger = app.Logger;
        var own = new MeshErrorShape();
        shapeOf ??= _ => own;
        app.Use((context, next) => HandleAsync(context, next, shapeOf, logger));
        app.UseStatusCodePages(page => WriteStatusAsync(page.HttpContext, shapeOf));
        return app;
    }

    private static async Task HandleAsync(HttpContext context, RequestDelegate next, Func<HttpRequest, IErrorShape> shapeOf, ILogger logger)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; nobody reads an answer.
        }
        catch (Exception exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            var error = ErrorMapping.From(exception);
            if (error.Code == ErrorCode.Internal)
            {
                Unhandled(logger, exception, context.Request.Method, context.Request.Path);
            }

            context.Response.Clear();
            await ErrorResponse.WriteAsync(context, error, shapeOf(context.Request), context.RequestAborted);
        }
    }

    // Statuses that routing sets without a body: no such path, wrong method, wrong content type.
    private static Task WriteStatusAsync(HttpContext context, Func<HttpRequest, IErrorShape> shapeOf)
    {
        var status = context.Response.StatusCode;
        var message = status switch
        {
            StatusCodes.Status404NotFound => $"There is nothing at {context.Request.Path}.",
            StatusCodes.Status405MethodNotAllowed => $"{context.Request.Path} does not take {context.Request.Method}.",
            StatusCodes.Status415UnsupportedMediaType => "The body must be application/json.",
            _ => $"The request was refused with status {status}.",
        };
        return ErrorResponse.WriteAsync(context, new MeshException(ErrorCode.InvalidRequest, message), status, shapeOf(context.Request), context.RequestAborted);
    }

    [LoggerMessage(EventId = 1, EventName = "UnhandledError", Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void Unhandled(ILogger logger, Exception exception, string method, string path);
}
