using ModelMesh.ServiceDefaults;

namespace ModelMesh.Registry.Requests;

internal static class RequestsExtensions
{
    /// <summary>Which requests the whole mesh handles, and how to end one. Needs <c>AddInference</c>, an instance identity and the instance directory.</summary>
    public static WebApplicationBuilder AddRequests(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RequestsOptions>()
            .BindSettings("Requests")
            .Validate(options => options.PeerTimeout >= TimeSpan.FromMilliseconds(50) && options.PeerTimeout <= TimeSpan.FromSeconds(30), "Requests:PeerTimeout must be from 50 ms to 30 s")
            .ValidateOnStart();
        builder.Services.AddSingleton<LocalRequests>();
        builder.Services.AddSingleton<PeerChannels>();
        builder.Services.AddSingleton<Peers>();
        builder.Services.AddSingleton<IMeshRequests, MeshRequests>();
        builder.Services.AddSingleton<RequestEndpoints>();
        return builder;
    }

    public static WebApplication MapRequests(this WebApplication app)
    {
        var endpoints = app.Services.GetRequiredService<RequestEndpoints>();
        app.MapGet("/requests", (RequestDelegate)endpoints.ListAsync);
        app.MapDelete("/requests/{id}", (RequestDelegate)endpoints.CancelAsync);
        app.MapGrpcService<RequestsService>();
        return app;
    }
}
