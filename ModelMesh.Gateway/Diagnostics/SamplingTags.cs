using System.Diagnostics;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Telemetry;

namespace ModelMesh.Gateway.Diagnostics;

/// <summary>What a request asks of the sampling, as attributes of its span. Numbers only: what a client wrote, stop texts among it, is none of a span's business.</summary>
internal static class SamplingTags
{
    public static void Set(Activity span, SamplingOptions options, ResponseFormat? format)
    {
        span.SetTag(GenAi.RequestTemperature, options.HasTemperature ? options.Temperature : null);
        span.SetTag(GenAi.RequestTopP, options.HasTopP ? options.TopP : null);
        span.SetTag(GenAi.RequestTopK, options.HasTopK ? (double)options.TopK : null);
        span.SetTag(GenAi.RequestMaxTokens, options.HasMaxTokens ? options.MaxTokens : null);
        span.SetTag(GenAi.RequestSeed, options.HasSeed ? options.Seed : null);
        span.SetTag(GenAi.RequestPresencePenalty, options.HasPresencePenalty ? options.PresencePenalty : null);
        span.SetTag(GenAi.RequestFrequencyPenalty, options.HasFrequencyPenalty ? options.FrequencyPenalty : null);
        span.SetTag(GenAi.RequestChoices, options.N > 1 ? options.N : null);
        span.SetTag(GenAi.OutputType, format?.Type switch
        {
            "json_object" or "json_schema" => "json",
            "text" => "text",
            _ => null,
        });
    }
}
