using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Infer.Body;

internal static class SamplingReader
{
    private const int MaxStops = 16;
    private const int MaxChoices = 16;

    // What OpenAI allows, and the most that a registry takes.
    private const int MaxChoicesElsewhere = 128;
    private const int MaxTopLogprobs = 20;
    private static readonly string[] Efforts = ["none", "low", "medium", "high", "xhigh"];

    /// <param name="unknownFields">Allowed: in compatible APIs values that only a backend may know are left with the unknown fields.</param>
    public static SamplingOptions Read(FieldReader fields, UnknownFields unknownFields = UnknownFields.Refused)
    {
        var lenient = unknownFields == UnknownFields.Allowed;
        var options = new SamplingOptions();
        if (fields.Number("temperature", 0, 2) is { } temperature)
        {
            options.Temperature = temperature;
        }

        if (fields.Number("top_p", 0, 1) is { } topP)
        {
            options.TopP = topP;
        }

        if (!(lenient && MeansAll(fields)) && fields.WholeNumber("top_k", 0, int.MaxValue) is { } topK)
        {
            options.TopK = (int)topK;
        }

        if (fields.WholeNumber("max_tokens", 1, int.MaxValue) is { } maxTokens)
        {
            options.MaxTokens = (int)maxTokens;
        }

        if (fields.WholeNumber("seed", long.MinValue, long.MaxValue) is { } seed)
        {
            options.Seed = seed;
        }

        if (fields.Number("presence_penalty", -2, 2) is { } presence)
        {
            options.PresencePenalty = presence;
        }

        if (fields.Number("frequency_penalty", -2, 2) is { } frequency)
        {
            options.FrequencyPenalty = frequency;
        }

        if (fields.WholeNumber("n", 1, lenient ? MaxChoicesElsewhere : MaxChoices) is { } choices)
        {
            options.N = (int)choices;
        }

        ReadLogprobs(fields, options);
        ReadReasoningEffort(fields, options, lenient);
        ReadStop(fields, options);
        return options;
    }

    public static void ReadLogprobs(FieldReader fields, SamplingOptions options)
    {
        options.Logprobs = fields.Flag("logprobs") ?? false;
        if (fields.WholeNumber("top_logprobs", 0, MaxTopLogprobs) is not { } top)
        {
            return;
        }

        options.TopLogprobs = (int)top;
        if (!options.Logprobs)
        {
            fields.Fault("top_logprobs", "needs logprobs to be true");
        }
    }

    // vLLM's way to say that no token is left out.
    private static bool MeansAll(FieldReader fields) => fields.TryPeek("top_k", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var topK) && topK == -1;

    private static void ReadReasoningEffort(FieldReader fields, SamplingOptions options, bool lenient)
    {
        if (lenient && fields.TryPeek("reasoning_effort", out var value) && value.ValueKind == JsonValueKind.String && JsonText.Of(value) is { } other && !Efforts.Contains(other))
        {
            return;
        }

        if (fields.Text("reasoning_effort", int.MaxValue) is not { } effort)
        {
            return;
        }

        options.ReasoningEffort = effort;
        if (!Efforts.Contains(effort))
        {
            fields.Fault("reasoning_effort", $"must be one of {string.Join(", ", Efforts)}");
        }
    }

    public static void ReadStop(FieldReader fields, SamplingOptions options)
    {
        if (!fields.TryTake("stop", out var stop))
        {
            return;
        }

        JsonElement[] items = stop.ValueKind switch
        {
            JsonValueKind.String => [stop],
            JsonValueKind.Array when stop.GetArrayLength() <= MaxStops => [.. stop.EnumerateArray()],
            _ => [],
        };
        var texts = items.Select(item => item.ValueKind == JsonValueKind.String ? JsonText.Of(item) : null).ToArray();
        if (stop.ValueKind is not (JsonValueKind.String or JsonValueKind.Array)
            || (stop.ValueKind == JsonValueKind.Array && stop.GetArrayLength() > MaxStops)
            || Array.Exists(texts, string.IsNullOrEmpty))
        {
            fields.Fault("stop", $"must be a string or an array of at most {MaxStops} strings, none of them empty");
            return;
        }

        options.Stop.AddRange(texts!);
    }
}
