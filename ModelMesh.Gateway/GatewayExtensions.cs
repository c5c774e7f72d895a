using ModelMesh.Gateway.Anthropic;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.Embed;
using ModelMesh.Gateway.Errors;
using ModelMesh.Gateway.Infer;
using ModelMesh.Gateway.Limits;
using ModelMesh.Gateway.Models;
using ModelMesh.Gateway.Ollama;
using ModelMesh.Gateway.OpenAI;
using ModelMesh.Gateway.OpenAI.Responses;
using ModelMesh.Gateway.Registry;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Service;
using ModelMesh.Gateway.Shutdown;
using ModelMesh.Gateway.Traffic;
using ModelMesh.ServiceDefaults.Errors;
using ModelMesh.ServiceDefaults.Health;
using ModelMesh.ServiceDefaults.Prometheus;
using ModelMesh.ServiceDefaults.Shutdown;

namespace ModelMesh.Gateway;

/// <summary>The gateway's table of contents. What it follows in the store, the catalog, the instances and their figures, is the process's to add.</summary>
internal static class GatewayExtensions
{
    public static WebApplicationBuilder AddGateway(this WebApplicationBuilder builder)
    {
        builder.AddLimits();
        builder.AddModelRouting();
        builder.AddRegistryInstances();
        builder.AddTraffic();
        builder.AddStreamShutdown();
        builder.AddGatewayDiagnostics();
        builder.AddCalls();
        builder.AddEmbed();
        builder.AddModels();
        builder.AddOllama();
        builder.AddOpenAI();
        builder.AddPlainService();
        return builder;
    }

    public static WebApplication MapGateway(this WebApplication app)
    {
        app.UseStopNotice();
        app.UseRequestIds();
        app.UseMeshErrors(ErrorShapes.For);
        app.MapHealth();
        app.MapPrometheus();
        app.MapInfer();
        app.MapEmbed();
        app.MapModels();
        app.MapOllama();
        app.MapAnthropic();
        app.MapOpenAI();
        app.MapPlainService();
        app.MapResponses();
        return app;
    }
}
