using ModelMesh.Registry.Leases;

namespace ModelMesh.Registry.Catalog;

internal static class CatalogWriterExtensions
{
    /// <summary>Changing the catalog, and the gates that follow it. Needs the store and the catalog.</summary>
    public static WebApplicationBuilder AddCatalogWriter(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Gates>();
        builder.Services.AddSingleton<IGates>(services => services.GetRequiredService<Gates>());
        builder.Services.AddSingleton<CatalogScripts>();
        builder.Services.AddSingleton<CatalogDurability>();
        builder.Services.AddSingleton<CatalogWriter>();
        builder.Services.AddSingleton<GateReconciler>();
        builder.Services.AddHostedService(services => services.GetRequiredService<GateReconciler>());
        return builder;
    }
}
