using ModelMesh.Backends.Wire.Http;
using ModelMesh.Backends.Wire.Settings;

namespace ModelMesh.Backends.Wire.OpenAIWire;

/// <summary>What <c>/models</c> answers.</summary>
/// <param name="Data">The models that the server has; null where the answer names none.</param>
public sealed record ModelList(IReadOnlyList<ListedModel>? Data)
{
    /// <summary>Asks an upstream for its models; null when it has no such list.</summary>
    /// <exception cref="Sdk.BackendException">There was no answer, or one that is neither a list nor a 404.</exception>
    /// <exception cref="OperationCanceledException">The token fired.</exception>
    public static async Task<ModelList?> ReadAsync(UpstreamHttp http, UpstreamSettings settings, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(settings.Below("models"), "application/json", cancellationToken);
        if ((int)response.StatusCode is 404 or 405 or 501)
        {
            return null;
        }

        await http.ThrowUnlessSuccessAsync(response, cancellationToken);
        var list = await JsonAnswer.ReadAsync(response, OpenAIWireJson.Default.ModelList, cancellationToken);
        return new ModelList(list.Data?.OfType<ListedModel>().ToList());
    }

    /// <summary>The entry of a name, or null.</summary>
    public ListedModel? Find(string name) => Data?.FirstOrDefault(model => model.Id == name);
}

/// <summary>One model of a list. Any part but the id may be missing.</summary>
/// <param name="Id">What requests call it.</param>
/// <param name="Root">What it was loaded from.</param>
/// <param name="Parent">Of a LoRA adapter: the model it adapts.</param>
/// <param name="MaxModelLen">How many tokens a request and its answer may have together.</param>
public sealed record ListedModel(string? Id, string? Root = null, string? Parent = null, int? MaxModelLen = null);
