using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Wire.Json;

namespace ModelMesh.Backends.Ollama.Request;

/// <summary>Writes <c>options</c>: the caller's <c>extra.options</c>, the model's, what the request says itself, then the model's <c>options</c>; the first has it.</summary>
internal static class OllamaOptionsWriter
{
    public static void Write(MergedObject body, ChatOptions options, JsonElement? callers, OllamaSettings settings)
    {
        var merged = new MergedObject(body.Writer);
        body.Open("options");
        merged.AddAll(callers);
        merged.AddAll(settings.ExtraOptions);
        WriteSampling(merged, options);
        merged.AddAll(settings.Options);
        body.Writer.WriteEndObject();
    }

    private static void WriteSampling(MergedObject merged, ChatOptions options)
    {
        merged.Number("temperature", options.Temperature);
        merged.Number("top_p", options.TopP);
        merged.Number("top_k", options.TopK);
        merged.Number("num_predict", options.MaxOutputTokens);
        merged.Number("seed", options.Seed);
        merged.Number("presence_penalty", options.PresencePenalty);
        merged.Number("frequency_penalty", options.FrequencyPenalty);
        if (options.StopSequences is { Count: > 0 } stops && merged.Claim("stop"))
        {
            merged.Writer.WriteStartArray();
            foreach (var stop in stops)
            {
                merged.Writer.WriteStringValue(stop);
            }

            merged.Writer.WriteEndArray();
        }
    }
}
