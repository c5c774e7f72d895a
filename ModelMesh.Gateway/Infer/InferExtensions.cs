using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Infer.Body;

namespace ModelMesh.Gateway.Infer;

internal static class InferExtensions
{
    public static WebApplication MapInfer(this WebApplication app)
    {
        app.MapChat("/infer", "infer", body => new InferExchange(InferBody.Parse(body)));
        return app;
    }
}
