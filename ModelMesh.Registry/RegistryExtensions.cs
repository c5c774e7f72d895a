using ModelMesh.Registry.Admin;
using ModelMesh.Registry.Catalog;
using ModelMesh.Registry.Figures;
using ModelMesh.Registry.Health;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Instances;
using ModelMesh.Registry.KeptAnswers;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.ModelHealth;
using ModelMesh.Registry.Plugins;
using ModelMesh.Registry.Queue;
using ModelMesh.Registry.Rollouts;
using ModelMesh.Registry.Routing;
using ModelMesh.Registry.Shadows;
using ModelMesh.Registry.Traffic;
using ModelMesh.Registry.Ui;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Errors;
using ModelMesh.ServiceDefaults.Health;
using ModelMesh.ServiceDefaults.Instances;
using ModelMesh.ServiceDefaults.Store;

namespace ModelMesh.Registry;

/// <summary>The registry's table of contents. Where it listens, and what it has because every service has it, is the process's to add.</summary>
internal static class RegistryExtensions
{
    public static WebApplicationBuilder AddRegistry(this WebApplicationBuilder builder)
    {
        builder.AddStore();
        builder.AddCatalog().AddCatalogWriter().AddTrafficWriter();
        builder.AddLeases().AddQueue();
        builder.AddInstanceDirectory().AddInstanceHeartbeat();
        builder.AddPlugins();
        builder.AddInference();
        builder.AddRegistryHealth().AddModelHealth().AddModelFigures();
        builder.AddAdmin().AddTrafficAdmin();
        builder.AddKeptAnswers();
        builder.AddRoutingDryRun();
        builder.AddRollouts();
        builder.AddShadowFigures();
        builder.AddUi();
        return builder;
    }

    public static WebApplication MapRegistry(this WebApplication app)
    {
        app.UseMeshErrors();
        app.UseGrpcPortForGrpcAlone();
        app.MapHealth();
        app.MapAdmin().MapTrafficAdmin();
        app.MapKeptAnswers();
        app.MapRoutingDryRun();
        app.MapRollouts();
        app.MapShadowFigures();
        app.MapBackends();
        app.MapUi();
        app.MapInference();
        return app;
    }
}
