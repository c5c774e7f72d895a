using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ModelMesh.ServiceDefaults.Catalog;

public static class CatalogExtensions
{
    /// <summary>This process's view of the catalog, and its part of <c>/health</c>. Needs the store.</summary>
    public static WebApplicationBuilder AddCatalog(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CatalogFollower>();
        builder.Services.AddSingleton<ICatalog>(services => services.GetRequiredService<CatalogFollower>());
        builder.Services.AddHostedService(services => services.GetRequiredService<CatalogFollower>());
        builder.Services.AddHealthChecks().AddCheck<CatalogHealthCheck>("catalog");
        return builder;
    }
}
