using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Json;

namespace ModelMesh.Backends.Tgi.Request;

/// <summary>
/// Writes <c>parameters</c>. TGI takes no temperature of 0: that is an answer without sampling, and then neither <c>top_p</c> nor <c>top_k</c>, which would
/// turn sampling on again. It takes no <c>top_p</c> of 1 either: that is what leaving it out means.
/// </summary>
internal static class ParametersWriter
{
    public static void Write(MergedObject parameters, ChatOptions options, JsonElement? callers, JsonElement? models)
    {
        parameters.Flag("details", value: true);
        parameters.Flag("decoder_input_details", value: false);
        WriteAdapter(parameters, options, callers);
        parameters.AddAll(callers);
        parameters.AddAll(models);
        WriteSampling(parameters, options);
        parameters.Number("max_new_tokens", options.MaxOutputTokens);
        parameters.Number("seed", options.Seed is < 0 ? throw Invalid("seed", "must not be negative") : options.Seed);
        parameters.Number("frequency_penalty", options.FrequencyPenalty);
        WriteStop(parameters, options);
        WriteGrammar(parameters, options);
        if (options is BackendCallOptions { LogProbabilities: true, TopLogProbabilities: > 0 and var top })
        {
            parameters.Number("top_n_tokens", top);
        }
    }

    // Before all else: the model's own settings may name the adapter that answers where none is asked for.
    private static void WriteAdapter(MergedObject parameters, ChatOptions options, JsonElement? callers)
    {
        if (options.ModelId is not { } adapter)
        {
            return;
        }

        if (callers?.TryGetProperty("adapter_id", out _) == true)
        {
            throw Invalid("extra.parameters.adapter_id", "cannot be given together with an adapter in model");
        }

        parameters.Text("adapter_id", adapter);
    }

    private static void WriteSampling(MergedObject parameters, ChatOptions options)
    {
        if (options.Temperature == 0)
        {
            parameters.Flag("do_sample", value: false);
            return;
        }

        parameters.Flag("do_sample", value: true);
        parameters.Number("temperature", options.Temperature);
        parameters.Number("top_k", options.TopK is < 1 ? throw Invalid("top_k", "must be at least 1") : options.TopK);
        parameters.Number("top_p", options.TopP switch
        {
            <= 0 => throw Invalid("top_p", "must be above 0"),
            >= 1 => null,
            var share => share,
        });
    }

    private static void WriteStop(MergedObject parameters, ChatOptions options)
    {
        if (options.StopSequences is not { Count: > 0 } stops || !parameters.Claim("stop"))
        {
            return;
        }

        parameters.Writer.WriteStartArray();
        foreach (var stop in stops)
        {
            parameters.Writer.WriteStringValue(stop);
        }

        parameters.Writer.WriteEndArray();
    }

    private static void WriteGrammar(MergedObject parameters, ChatOptions options)
    {
        if (options.ResponseFormat is ChatResponseFormatJson { Schema: { } schema } && parameters.Claim("grammar"))
        {
            parameters.Writer.WriteStartObject();
            parameters.Writer.WriteString("type", "json");
            parameters.Writer.WritePropertyName("value");
            schema.WriteTo(parameters.Writer);
            parameters.Writer.WriteEndObject();
        }
    }

    private static BackendException Invalid(string field, string message) =>
        new(BackendErrorKind.InvalidRequest, $"{field} {message} for TGI.") { Field = field };
}
