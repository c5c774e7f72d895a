using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Registry.Grpc;

/// <summary>Turns a request's options off the wire into what backends take.</summary>
internal static class OptionsMapping
{
    // An answer costs memory from the start, so a number off the wire must not decide how much.
    private const int MaxChoices = 128;

    public static BackendCallOptions ToOptions(InferRequest request, List<ErrorDetail> faults)
    {
        var sent = request.Options ?? new SamplingOptions();
        if (sent.HasN && sent.N is < 1 or > MaxChoices)
        {
            faults.Add(new ErrorDetail("n", $"must be from 1 to {MaxChoices}"));
        }

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
            Choices = sent.HasN ? sent.N : null,
            LogProbabilities = sent.Logprobs,
            TopLogProbabilities = sent.HasTopLogprobs ? sent.TopLogprobs : null,
            Reasoning = ToReasoning(sent.ReasoningEffort, faults),
            Tools = request.Tools.Count == 0 ? null : [.. request.Tools.Select((tool, index) => ToTool(tool, $"tools[{index}].function", faults))],
            ToolMode = ToToolMode(request.ToolChoice, faults),
            AllowMultipleToolCalls = request.HasParallelToolCalls ? request.ParallelToolCalls : null,
            ResponseFormat = ToFormat(request.ResponseFormat, faults),
            StrictJsonSchema = request.ResponseFormat is { HasStrict: true } format ? format.Strict : null,
            AdditionalProperties = ToExtra(sent.ExtraJson, faults),
        };
    }

    public static AdditionalPropertiesDictionary? ToExtra(string json, List<ErrorDetail> faults)
    {
        if (json.Length == 0 || ToObject(json, "extra", faults) is not { } extra)
        {
            return null;
        }

        var properties = new AdditionalPropertiesDictionary();
        foreach (var property in extra.EnumerateObject())
        {
            // The dictionary does not tell names apart by case, so of two such fields one would be lost.
            if (!properties.TryAdd(property.Name, property.Value))
            {
                faults.Add(new ErrorDetail($"extra.{property.Name}", "is given more than once; upper and lower case are not told apart"));
            }
        }

        return properties;
    }

    private static ToolDeclaration ToTool(Tool tool, string path, List<ErrorDetail> faults)
    {
        var parameters = ToObject(tool.ParametersJson.Length == 0 ? """{"type":"object","properties":{}}""" : tool.ParametersJson, $"{path}.parameters", faults);
        return new ToolDeclaration(tool.Name, tool.Description, parameters ?? default, tool.HasStrict ? tool.Strict : null);
    }

    private static ChatToolMode? ToToolMode(ToolChoice? choice, List<ErrorDetail> faults)
    {
        switch (choice?.Mode)
        {
            case null:
                return null;
            case "auto":
                return ChatToolMode.Auto;
            case "none":
                return ChatToolMode.None;
            case "required":
                return ChatToolMode.RequireAny;
            case "function" when !string.IsNullOrWhiteSpace(choice.Function):
                return ChatToolMode.RequireSpecific(choice.Function);
            default:
                faults.Add(new ErrorDetail("tool_choice", "must be auto, none, required or a function with its name"));
                return null;
        }
    }

    private static ChatResponseFormat? ToFormat(ResponseFormat? format, List<ErrorDetail> faults)
    {
        switch (format?.Type)
        {
            case null:
                return null;
            case "text":
                return ChatResponseFormat.Text;
            case "json_object":
                return ChatResponseFormat.Json;
            case "json_schema":
                return ToObject(format.SchemaJson, "response_format.json_schema.schema", faults) is { } schema
                    ? ChatResponseFormat.ForJsonSchema(schema, format.Name, format.Description.Length == 0 ? null : format.Description)
                    : null;
            default:
                faults.Add(new ErrorDetail("response_format.type", "must be text, json_object or json_schema"));
                return null;
        }
    }

    private static ReasoningOptions? ToReasoning(string effort, List<ErrorDetail> faults)
    {
        ReasoningEffort? known = effort switch
        {
            "none" => ReasoningEffort.None,
            "low" => ReasoningEffort.Low,
            "medium" => ReasoningEffort.Medium,
            "high" => ReasoningEffort.High,
            "xhigh" => ReasoningEffort.ExtraHigh,
            _ => null,
        };
        if (known is null && effort.Length > 0)
        {
            faults.Add(new ErrorDetail("reasoning_effort", "must be none, low, medium, high or xhigh"));
        }

        return known is null ? null : new ReasoningOptions { Effort = known };
    }

    private static JsonElement? ToObject(string json, string field, List<ErrorDetail> faults)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                // Half a pair can only be written as an escape.
                if (!json.Contains("\\u", StringComparison.Ordinal) || JsonText.IsUnicode(document.RootElement))
                {
                    return document.RootElement.Clone();
                }

                faults.Add(new ErrorDetail(field, "holds half of a surrogate pair"));
                return null;
            }
        }
        catch (JsonException)
        {
            // The same fault as a value that is no object.
        }

        faults.Add(new ErrorDetail(field, "must be a JSON object"));
        return null;
    }
}
