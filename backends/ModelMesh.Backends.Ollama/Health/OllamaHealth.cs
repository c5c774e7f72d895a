using System.Text.Json.Nodes;
using ModelMesh.Backends.Ollama.Pulling;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;

namespace ModelMesh.Backends.Ollama.Health;

/// <summary>Asks the server whether it has the model (<c>/api/tags</c>) and whether it is loaded (<c>/api/ps</c>). Neither loads anything.</summary>
internal sealed class OllamaHealth(OllamaSettings settings, UpstreamHttp http, ModelPull pull)
{
    public async Task<BackendHealth> CheckAsync(CancellationToken cancellationToken)
    {
        if (pull.Running is { } running)
        {
            return running;
        }

        var installed = await http.GetAsync(settings.Api("tags"), OllamaJson.Default.InstalledModels, cancellationToken);
        return installed.Models?.FirstOrDefault(IsWanted) is { } model
            ? BackendHealth.Healthy with { Details = await DetailsAsync(model, cancellationToken) }
            : pull.WhenMissing();
    }

    private async Task<JsonObject> DetailsAsync(InstalledModel model, CancellationToken cancellationToken)
    {
        var details = new JsonObject();
        try
        {
            var loaded = await http.GetAsync(settings.Api("ps"), OllamaJson.Default.LoadedModels, cancellationToken);
            var own = loaded.Models?.FirstOrDefault(candidate => IsWanted(candidate.Name) || IsWanted(candidate.Model));
            details["loaded"] = own is not null;
            Add(details, "size_vram_bytes", own?.SizeVram);
        }
        catch (BackendException)
        {
            // Servers that resemble Ollama lack this call; whether they could serve does not hang on it.
        }

        Add(details, "size_bytes", model.Size);
        Add(details, "digest", model.Digest);
        Add(details, "parameter_size", model.Details?.ParameterSize);
        Add(details, "quantization", model.Details?.QuantizationLevel);
        return details;
    }

    private bool IsWanted(InstalledModel model) => IsWanted(model.Name) || IsWanted(model.Model);

    private bool IsWanted(string? name) => ModelName.AreSame(name, settings.Model);

    private static void Add(JsonObject details, string name, JsonNode? value)
    {
        if (value is not null)
        {
            details[name] = value;
        }
    }
}
