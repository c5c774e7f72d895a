using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;

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
            MayReuseUpdates = true,
            ModelId = request.Adapter.Length == 0 ? null : request.Adapter,
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
            AdditionalProperties = ExtraMapping.ToExtra(sent.ExtraJson, "extra", faults),
        };
    }

    private static ToolDeclaration ToTool(Tool tool, string path, List<ErrorDetail> faults)
    {
        var parameters = ExtraMapping.ToObject(tool.ParametersJson.Length == 0 ? """{"type":"object","properties":{}}""" : tool.ParametersJson, $"{path}.parameters", faults);
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
                return ExtraMapping.ToObject(format.SchemaJson, "response_format.json_schema.schema", faults) is { } schema
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
}
