using Microsoft.Extensions.Options;
using ModelMesh.ServiceDefaults;

namespace ModelMesh.Registry.Rollouts;

internal static class RolloutExtensions
{
    /// <summary>Rollouts: their API, their driver and the tally they are judged on. Needs the catalog, its writer, leases, instances, plugins, <c>AddInference</c> or <see cref="RolloutTally"/>, and <c>AddAdmin</c>.</summary>
    public static WebApplicationBuilder AddRollouts(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RolloutOptions>().BindSettings("Rollouts").ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<RolloutOptions>, RolloutOptionsValidator>();
        builder.Services.AddSingleton<TallyStore>();
        builder.Services.AddHostedService<TallySync>();
        builder.Services.AddSingleton<RolloutTelemetry>();
        builder.Services.AddSingleton<RolloutStore>();
        builder.Services.AddSingleton<DriverLease>();
        builder.Services.AddSingleton<ReplicaReports>();
        builder.Services.AddSingleton<EvidenceGatherer>();
        builder.Services.AddSingleton<RolloutDriver>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RolloutDriver>());
        builder.Services.AddSingleton<RolloutReader>();
        builder.Services.AddSingleton<RolloutControl>();
        builder.Services.AddSingleton<RolloutViews>();
        builder.Services.AddSingleton<RolloutEndpoints>();
        builder.Services.AddSingleton<RolloutEvents>();
        return builder;
    }

    public static WebApplication MapRollouts(this WebApplication app)
    {
        const string Rollouts = "/models/{name}/rollouts";
        const string Rollout = Rollouts + "/{request_id}";
        var endpoints = app.Services.GetRequiredService<RolloutEndpoints>();
        app.MapPost(Rollouts, (RequestDelegate)endpoints.StartAsync);
        app.MapGet(Rollouts, (RequestDelegate)endpoints.ListAsync);
        app.MapGet(Rollout, (RequestDelegate)endpoints.ReadAsync);
        app.MapPost($"{Rollout}/pause", (RequestDelegate)endpoints.PauseAsync);
        app.MapPost($"{Rollout}/resume", (RequestDelegate)endpoints.ResumeAsync);
        app.MapPost($"{Rollout}/abort", (RequestDelegate)endpoints.AbortAsync);
        app.MapGet($"{Rollout}/events", (RequestDelegate)app.Services.GetRequiredService<RolloutEvents>().WriteAsync);
        return app;
    }
}
