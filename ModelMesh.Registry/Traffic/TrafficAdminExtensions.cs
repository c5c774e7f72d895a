using Microsoft.AspNetCore.Mvc;
using ModelMesh.Contracts.Traffic;

namespace ModelMesh.Registry.Traffic;

internal static class TrafficAdminExtensions
{
    /// <summary>The operators' API of the traffic. Needs the admin API, the catalog and its writers.</summary>
    public static WebApplicationBuilder AddTrafficAdmin(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<EntryIntake>();
        builder.Services.AddSingleton<EntryShape<Alias>, AliasShape>();
        builder.Services.AddSingleton<EntryShape<RoutingRule>, RuleShape>();
        builder.Services.AddSingleton<EntryShape<RateLimit>, LimitShape>();
        builder.Services.AddSingleton<EntryShape<Caller>, CallerShape>();
        builder.Services.AddSingleton(typeof(EntryEndpoints<>));
        builder.Services.AddSingleton<RoutingEndpoints>();
        builder.Services.AddSingleton<WeightEndpoints>();
        return builder;
    }

    public static WebApplication MapTrafficAdmin(this WebApplication app)
    {
        // The server's own limit on a body is lower than Admin:MaxBodyBytes may be, which BodyReader keeps.
        var ownLimit = new DisableRequestSizeLimitAttribute();
        var routing = app.Services.GetRequiredService<RoutingEndpoints>();
        var weights = app.Services.GetRequiredService<WeightEndpoints>();
        app.MapEntries<Alias>(ownLimit);
        app.MapEntries<RoutingRule>(ownLimit);
        app.MapEntries<RateLimit>(ownLimit);
        app.MapEntries<Caller>(ownLimit);
        app.MapGet("/routing", (RequestDelegate)routing.GetAsync);
        app.MapPut("/routing", (RequestDelegate)routing.PutAsync).WithMetadata(ownLimit);
        app.MapGet("/models/{name}/weights", (RequestDelegate)weights.GetAsync);
        app.MapPut("/models/{name}/weights", (RequestDelegate)weights.PutAsync).WithMetadata(ownLimit);
        return app;
    }

    private static void MapEntries<T>(this WebApplication app, DisableRequestSizeLimitAttribute ownLimit)
        where T : class, ITrafficEntry
    {
        var calls = app.Services.GetRequiredService<EntryEndpoints<T>>();
        var collection = app.Services.GetRequiredService<EntryShape<T>>().Collection;
        app.MapGet($"/{collection}", (RequestDelegate)calls.ListAsync);
        app.MapPost($"/{collection}", (RequestDelegate)calls.AddAsync).WithMetadata(ownLimit);
        app.MapGet($"/{collection}/{{name}}", (RequestDelegate)calls.OneAsync);
        app.MapPut($"/{collection}/{{name}}", (RequestDelegate)calls.PutAsync).WithMetadata(ownLimit);
        app.MapDelete($"/{collection}/{{name}}", (RequestDelegate)calls.DeleteAsync);
    }
}
