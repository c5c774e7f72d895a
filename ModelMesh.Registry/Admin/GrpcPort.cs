using Grpc.AspNetCore.Server;

namespace ModelMesh.Registry.Admin;

internal static class GrpcPort
{
    /// <summary>
    /// Keeps the operators' API off the port that gateways use: who opens that one to a network of gateways opens nothing else. Of the two
    /// ports that one alone speaks HTTP/2.
    /// </summary>
    public static WebApplication UseGrpcPortForGrpcAlone(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            // By what is called, not by what the caller says it sends: a content type is anybody's to choose.
            if (!HttpProtocol.IsHttp2(context.Request.Protocol) || context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>() is not null)
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        return app;
    }
}
