using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.OpenAI.Responses.Body;

/// <summary>Reads how the answer is to be made.</summary>
internal static class ResponseOptionsReader
{
    private const int MaxTopLogprobs = 20;
    private const int MaxEffortLength = 20;
    private const string Logprobs = "message.output_text.logprobs";
    private static readonly string[] Efforts = ["none", "low", "medium", "high", "xhigh"];

    public static SamplingOptions Read(FieldReader fields, FaultList faults, ExtraFields extra)
    {
        var options = new SamplingOptions();
        if (fields.Number("temperature", 0, 2) is { } temperature)
        {
            options.Temperature = temperature;
        }

        if (fields.Number("top_p", 0, 1) is { } topP)
        {
            options.TopP = topP;
        }

        if (fields.WholeNumber("max_output_tokens", 1, int.MaxValue) is { } maxTokens)
        {
            options.MaxTokens = (int)maxTokens;
        }

        ReadLogprobs(fields, options);
        ReadReasoning(fields, options, faults, extra);
        return options;
    }

    private static void ReadLogprobs(FieldReader fields, SamplingOptions options)
    {
        options.Logprobs = Includes(fields, Logprobs);
        if (fields.WholeNumber("top_logprobs", 0, MaxTopLogprobs) is { } top && (top > 0 || options.Logprobs))
        {
            options.Logprobs = true;
            options.TopLogprobs = (int)top;
        }
    }

    // What else may be included comes of tools and storage that the mesh has not, or is there anyway.
    private static bool Includes(FieldReader fields, string wanted)
    {
        if (!fields.TryTake("include", out var include))
        {
            return false;
        }

        if (include.ValueKind != JsonValueKind.Array || include.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
        {
            fields.Fault("include", "must be an array of strings");
            return false;
        }

        return include.EnumerateArray().Any(item => JsonText.Of(item) == wanted);
    }

    // Its summary concerns the answer's form alone, which reads it for itself.
    private static void ReadReasoning(FieldReader fields, SamplingOptions options, FaultList faults, ExtraFields extra)
    {
        if (fields.Section("reasoning") is not { } section)
        {
            return;
        }

        var reasoning = new FieldReader(section, "reasoning", faults);
        reasoning.Text("summary", MaxEffortLength);
        if (reasoning.Text("effort", MaxEffortLength) is not { } effort)
        {
            return;
        }

        if (Efforts.Contains(effort))
        {
            options.ReasoningEffort = effort;
        }
        else
        {
            // A backend may know more of them.
            extra.Add("reasoning_effort", effort, "reasoning.effort");
        }
    }
}
