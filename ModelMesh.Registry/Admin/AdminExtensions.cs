using Microsoft.AspNetCore.Mvc;
using ModelMesh.ServiceDefaults;

namespace ModelMesh.Registry.Admin;

internal static class AdminExtensions
{
    /// <summary>The admin API. Needs the catalog, its writer, the leases, the instances and the plugin host.</summary>
    public static WebApplicationBuilder AddAdmin(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<AdminOptions>()
            .BindSettings("Admin")
            .Validate(options => options.MaxBodyBytes is >= 1024 and <= 100 * 1024 * 1024, "Admin:MaxBodyBytes must be from 1024 to 104857600")
            .Validate(options => options.EventsKeepAlive >= TimeSpan.FromSeconds(1) && options.EventsKeepAlive <= TimeSpan.FromMinutes(5), "Admin:EventsKeepAlive must be from 1 s to 5 min")
            .ValidateOnStart();
        builder.Services.AddSingleton<BodyReader>();
        builder.Services.AddSingleton<ModelIntake>();
        builder.Services.AddSingleton<ModelViews>();
        builder.Services.AddSingleton<ReadEndpoints>();
        builder.Services.AddSingleton<WriteEndpoints>();
        builder.Services.AddSingleton<EventStream>();
        return builder;
    }

    public static WebApplication MapAdmin(this WebApplication app)
    {
        var read = app.Services.GetRequiredService<ReadEndpoints>();
        var write = app.Services.GetRequiredService<WriteEndpoints>();
        var events = app.Services.GetRequiredService<EventStream>();

        // The server's own limit on a body is lower than Admin:MaxBodyBytes may be, which BodyReader keeps.
        var ownLimit = new DisableRequestSizeLimitAttribute();
        app.MapPost("/models", (RequestDelegate)write.RegisterAsync).WithMetadata(ownLimit);
        app.MapGet("/models", (RequestDelegate)read.ListAsync);
        app.MapGet("/models/{name}", (RequestDelegate)read.VersionsAsync);
        app.MapGet("/models/{name}/versions", (RequestDelegate)read.VersionsAsync);
        app.MapGet("/models/{name}/versions/{version}", (RequestDelegate)read.OneAsync);
        app.MapPut("/models/{name}/versions/{version}", (RequestDelegate)write.UpdateAsync).WithMetadata(ownLimit);
        app.MapDelete("/models/{name}/versions/{version}", (RequestDelegate)write.DeleteAsync);
        app.MapGet("/instances", (RequestDelegate)read.InstancesAsync);
        app.MapGet("/events", (RequestDelegate)events.WriteAsync);
        return app;
    }
}
