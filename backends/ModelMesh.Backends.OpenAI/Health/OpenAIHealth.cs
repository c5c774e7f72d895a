using System.Text.Json.Nodes;
using ModelMesh.Backends.OpenAI.Clients;
using ModelMesh.Backends.OpenAI.Settings;
using ModelMesh.Backends.Sdk;
using OpenAI.Models;

namespace ModelMesh.Backends.OpenAI.Health;

/// <summary>
/// Asks for the model's entry, which costs no tokens. 1. The entry is there: healthy. 2. The key is refused: unhealthy. 3. No entry: the list of models decides, 4. where it has
/// the model, or is a list of names that other servers do not insist on: healthy. 5. OpenAI itself lacks it: unhealthy. 6. Anything else is unhealthy with its reason.
/// </summary>
internal sealed class OpenAIHealth(OpenAIModelClient models, OpenAISettings settings)
{
    public async Task<BackendHealth> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(cancellationToken);
        }
        catch (BackendException exception) when (exception.Kind == BackendErrorKind.Unauthenticated)
        {
            return BackendHealth.Unhealthy("The upstream refused the key.");
        }
        catch (Exception exception) when (SdkJson.Refuses(exception))
        {
            return BackendHealth.Unhealthy("The upstream's answer about the model is not the JSON it should be.");
        }
    }

    private async Task<BackendHealth> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Healthy(await models.GetModelAsync(settings.Upstream.Model, cancellationToken));
        }
        catch (BackendException exception) when (exception.Kind is BackendErrorKind.NotFound or BackendErrorKind.InvalidRequest or BackendErrorKind.Upstream)
        {
            // 404, 405 or 501: many servers have the list only.
            return await ListAsync(cancellationToken);
        }
    }

    private async Task<BackendHealth> ListAsync(CancellationToken cancellationToken)
    {
        var listed = (await models.GetModelsAsync(cancellationToken)).Value.FirstOrDefault(model => model.Id == settings.Upstream.Model);
        return listed is not null ? Healthy(listed)
            : settings.IsOpenAI ? BackendHealth.Unhealthy($"OpenAI has no model {settings.Upstream.Model} for this key.")
            : new BackendHealth(BackendHealthState.Healthy) { Details = new JsonObject { ["listed"] = false } };
    }

    private static BackendHealth Healthy(OpenAIModel model) => new(BackendHealthState.Healthy)
    {
        Details = model.OwnedBy is { Length: > 0 } owner ? new JsonObject { ["owned_by"] = owner } : null,
    };
}
