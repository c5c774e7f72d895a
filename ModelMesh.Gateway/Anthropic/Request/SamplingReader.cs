using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Anthropic.Request;

internal static class SamplingReader
{
    private const string Stops = "stop_sequences";
    private const int MaxStops = 16;

    public static SamplingOptions Read(FieldReader fields)
    {
        var options = new SamplingOptions();
        if (!fields.Has("max_tokens"))
        {
            fields.TryTake("max_tokens", out _);
            fields.Fault("max_tokens", "is required");
        }
        else if (fields.WholeNumber("max_tokens", 1, int.MaxValue) is { } maxTokens)
        {
            options.MaxTokens = (int)maxTokens;
        }

        if (fields.Number("temperature", 0, 1) is { } temperature)
        {
            options.Temperature = temperature;
        }

        if (fields.Number("top_p", 0, 1) is { } topP)
        {
            options.TopP = topP;
        }

        if (fields.WholeNumber("top_k", 0, int.MaxValue) is { } topK)
        {
            options.TopK = (int)topK;
        }

        ReadStops(fields, options);
        return options;
    }

    private static void ReadStops(FieldReader fields, SamplingOptions options)
    {
        if (!fields.TryTake(Stops, out var stops))
        {
            return;
        }

        var texts = stops.ValueKind == JsonValueKind.Array && stops.GetArrayLength() <= MaxStops
            ? stops.EnumerateArray().Select(stop => stop.ValueKind == JsonValueKind.String ? JsonText.Of(stop) : null).ToArray()
            : null;
        if (texts is null || Array.Exists(texts, string.IsNullOrEmpty))
        {
            fields.Fault(Stops, $"must be an array of at most {MaxStops} strings, none of them empty");
            return;
        }

        options.Stop.AddRange(texts!);
    }
}
