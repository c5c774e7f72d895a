using System.Text.Json;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Admin;
using ModelMesh.ServiceDefaults.Http;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Registry.Rollouts;

/// <summary>The calls that start, show and steer rollouts.</summary>
internal sealed class RolloutEndpoints(BodyReader bodies, RolloutControl control, RolloutReader reader, RolloutViews views)
{
    /// <summary><c>POST /models/{name}/rollouts</c></summary>
    public async Task StartAsync(HttpContext context)
    {
        var name = ModelPath.Name(context);
        var started = await control.StartAsync(await bodies.ReadAsync(context.Request), name, context.RequestAborted);
        context.Response.Headers.Location = $"/models/{Uri.EscapeDataString(name)}/rollouts/{started.RequestId}";
        await OneAsync(context, StatusCodes.Status202Accepted, started);
    }

    /// <summary><c>GET /models/{name}/rollouts</c></summary>
    public async Task ListAsync(HttpContext context)
    {
        var rollouts = await reader.ListAsync(ModelPath.Name(context), context.RequestAborted);
        List<RolloutView> shown = [];
        foreach (var rollout in rollouts)
        {
            shown.Add(await views.OfAsync(rollout));
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(new RolloutListView(shown), RolloutJson.Readable.RolloutListView);
        await TaggedJson.WriteAsync(context, StatusCodes.Status200OK, EntityTags.OfBody(body), body);
    }

    /// <summary><c>GET /models/{name}/rollouts/{request_id}</c></summary>
    public async Task ReadAsync(HttpContext context) =>
        await OneAsync(context, StatusCodes.Status200OK, await reader.FindAsync(ModelPath.Name(context), RolloutPath.Id(context), context.RequestAborted));

    /// <summary><c>POST …/pause</c></summary>
    public Task PauseAsync(HttpContext context) => SteerAsync(context, control.PauseAsync);

    /// <summary><c>POST …/resume</c></summary>
    public Task ResumeAsync(HttpContext context) => SteerAsync(context, control.ResumeAsync);

    /// <summary><c>POST …/abort</c></summary>
    public Task AbortAsync(HttpContext context) => SteerAsync(context, control.AbortAsync);

    private async Task SteerAsync(HttpContext context, Func<string, string, CancellationToken, Task<Rollout>> steer)
    {
        await RefuseFieldsAsync(context.Request);
        await OneAsync(context, StatusCodes.Status200OK, await steer(ModelPath.Name(context), RolloutPath.Id(context), context.RequestAborted));
    }

    private async Task RefuseFieldsAsync(HttpRequest request)
    {
        if (await bodies.ReadAsync(request) is not { IsEmpty: false } body)
        {
            return;
        }

        using var document = JsonBody.ParseObject(body);
        var faults = new FaultList();
        new FieldReader(document.RootElement, "", faults).RefuseTheRest();
        faults.ThrowIfAny();
    }

    private async Task OneAsync(HttpContext context, int status, Rollout rollout)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(await views.OfAsync(rollout), RolloutJson.Readable.RolloutView);
        await TaggedJson.WriteAsync(context, status, ETags.OfRevision(rollout.Revision, body), body);
    }
}
