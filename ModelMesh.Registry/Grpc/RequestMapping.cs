using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Registry.Inference;
using WireMessage = ModelMesh.Contracts.V1.ChatMessage;

namespace ModelMesh.Registry.Grpc;

/// <summary>Turns a request off the wire into what backends take.</summary>
internal static class RequestMapping
{
    /// <exception cref="MeshException"><c>invalid_request</c> that lists every fault.</exception>
    public static InferenceRequest ToRequest(InferRequest request)
    {
        var faults = new List<ErrorDetail>();
        if (request.Model.Length == 0)
        {
            faults.Add(new ErrorDetail("model", "must not be empty"));
        }

        if (request.Version.Length == 0)
        {
            faults.Add(new ErrorDetail("version", "must not be empty"));
        }

        if (request.Messages.Count == 0)
        {
            faults.Add(new ErrorDetail("messages", "must hold at least one message"));
        }

        var messages = request.Messages.Select((message, index) => ToMessage(message, index, faults)).ToList();
        var options = ToOptions(request, faults);
        return faults.Count == 0
            ? new InferenceRequest(request.RequestId, new ModelId(request.Model, request.Version), messages, options)
            : throw MeshException.Invalid(faults);
    }

    private static Microsoft.Extensions.AI.ChatMessage ToMessage(WireMessage message, int index, List<ErrorDetail> faults)
    {
        ChatRole? role = message.Role switch
        {
            "system" => ChatRole.System,
            "user" => ChatRole.User,
            "assistant" => ChatRole.Assistant,
            "tool" => ChatRole.Tool,
            _ => null,
        };
        if (role is null)
        {
            faults.Add(new ErrorDetail($"messages[{index}].role", "must be system, user, assistant or tool"));
        }

        return new Microsoft.Extensions.AI.ChatMessage(role ?? ChatRole.User, message.Content) { AuthorName = message.Name.Length == 0 ? null : message.Name };
    }

    private static BackendCallOptions ToOptions(InferRequest request, List<ErrorDetail> faults)
    {
        var sent = request.Options ?? new SamplingOptions();
        return new BackendCallOptions
        {
            RequestId = request.RequestId,
            Temperature = sent.HasTemperature ? (float)sent.Temperature : null,
            TopP = sent.HasTopP ? (float)sent.TopP : null,
            TopK = sent.HasTopK ? sent.TopK : null,
            MaxOutputTokens = sent.HasMaxTokens ? sent.MaxTokens : null,
            Seed = sent.HasSeed ? sent.Seed : null,
            PresencePenalty = sent.HasPresencePenalty ? (float)sent.PresencePenalty : null,
            FrequencyPenalty = sent.HasFrequencyPenalty ? (float)sent.FrequencyPenalty : null,
            StopSequences = sent.Stop.Count == 0 ? null : [.. sent.Stop],
            AdditionalProperties = ToExtra(sent.ExtraJson, faults),
        };
    }

    private static AdditionalPropertiesDictionary? ToExtra(string json, List<ErrorDetail> faults)
    {
        if (json.Length == 0)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                var extra = new AdditionalPropertiesDictionary();
                foreach (var property in document.RootElement.EnumerateObject())
                {
                    extra[property.Name] = property.Value.Clone();
                }

                return extra;
            }
        }
        catch (JsonException)
        {
            // The same fault as a value that is no object.
        }

        faults.Add(new ErrorDetail("extra", "must be a JSON object"));
        return null;
    }
}
