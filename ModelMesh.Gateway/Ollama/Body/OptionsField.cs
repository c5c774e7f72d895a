using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Infer.Body;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Ollama.Body;

/// <summary>Reads <c>options</c>.</summary>
/// <param name="Sampling">What every backend is asked for in its own words.</param>
/// <param name="Unlimited"><c>num_predict</c> where it sets no limit: -1 or -2, or 0, which Ollama takes for the same.</param>
/// <param name="Rest">Options that are left, as a JSON object; empty when none is.</param>
internal sealed record OptionsField(SamplingOptions Sampling, int? Unlimited, string Rest)
{
    /// <summary>The seed that Ollama takes for none.</summary>
    public const long AnySeed = -1;

    private const string Field = "options";
    private const int LowestNumPredict = -2;

    public static OptionsField Read(FieldReader fields, FaultList faults)
    {
        var sampling = new SamplingOptions();
        if (fields.Section(Field) is not { } section)
        {
            return new OptionsField(sampling, null, "");
        }

        var options = new FieldReader(section, Field, faults);
        var unlimited = ReadSampling(options, sampling);
        SamplingReader.ReadStop(options, sampling);
        return new OptionsField(sampling, unlimited, options.TakeTheRest());
    }

    private static int? ReadSampling(FieldReader options, SamplingOptions sampling)
    {
        if (options.Number("temperature", 0, 2) is { } temperature)
        {
            sampling.Temperature = temperature;
        }

        if (options.Number("top_p", 0, 1) is { } topP)
        {
            sampling.TopP = topP;
        }

        if (options.WholeNumber("top_k", 0, int.MaxValue) is { } topK)
        {
            sampling.TopK = (int)topK;
        }

        if (options.WholeNumber("seed", long.MinValue, long.MaxValue) is { } seed)
        {
            sampling.Seed = seed;
        }

        if (options.Number("presence_penalty", -2, 2) is { } presence)
        {
            sampling.PresencePenalty = presence;
        }

        if (options.Number("frequency_penalty", -2, 2) is { } frequency)
        {
            sampling.FrequencyPenalty = frequency;
        }

        switch (options.WholeNumber("num_predict", LowestNumPredict, int.MaxValue))
        {
            case > 0 and var most:
                sampling.MaxTokens = (int)most;
                return null;
            case var unlimited:
                return (int?)unlimited;
        }
    }
}
