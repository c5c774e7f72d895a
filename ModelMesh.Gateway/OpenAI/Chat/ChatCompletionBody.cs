using System.Text.Json;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Infer.Body;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.OpenAI.Chat;

/// <summary>The body of <c>POST /v1/chat/completions</c> as a pure function: bytes in, a checked exchange out, or one error that lists every fault.</summary>
internal static class ChatCompletionBody
{
    /// <exception cref="MeshException"><c>invalid_request</c>.</exception>
    public static ChatCompletionExchange Parse(ReadOnlyMemory<byte> body)
    {
        using var document = JsonBody.ParseObject(body);
        var faults = new FaultList(UnknownFields.Allowed);
        var fields = new FieldReader(document.RootElement, "", faults);
        var model = OpenAIModelFields.Read(fields);
        var stream = StreamFields.Read(fields, faults);
        var tools = ToolsReader.Read(fields, faults);
        var request = new ChatRequest
        {
            Model = model.Model,
            IsReference = true,
            Version = model.Version,
            HashKey = model.HashKey,
            Hints = RoutingHintsReader.Peek(fields),
            Lenient = true,
            Messages = MessagesReader.ReadRequired(fields, faults),
            Options = ReadOptions(fields),
            Tools = tools,
            ToolChoice = ToolChoiceReader.Read(fields, tools, faults),
            ParallelToolCalls = ReadParallel(fields, tools),
            ResponseFormat = ResponseFormatReader.Read(fields, faults),
        };
        RefuseWhatWouldBeLost(fields);
        request.Options.ExtraJson = fields.TakeTheRest();
        faults.ThrowIfAny();
        return new ChatCompletionExchange(request, stream);
    }

    private static SamplingOptions ReadOptions(FieldReader fields)
    {
        var options = SamplingReader.Read(fields, UnknownFields.Allowed);
        if (fields.WholeNumber("max_completion_tokens", 1, int.MaxValue) is { } maxTokens)
        {
            // The newer name of max_tokens counts where both are given.
            options.MaxTokens = (int)maxTokens;
        }

        return options;
    }

    // Without tools it says nothing, and clients send it all the same.
    private static bool? ReadParallel(FieldReader fields, List<Tool> tools) => fields.Flag("parallel_tool_calls") is { } parallel && tools.Count > 0 ? parallel : null;

    private static void RefuseWhatWouldBeLost(FieldReader fields)
    {
        fields.Refuse("functions", "is not taken; give tools");
        fields.Refuse("function_call", "is not taken; give tool_choice");
        fields.Refuse("audio", "is not taken: answers are text");
        fields.RefuseUnless("modalities", IsTextAlone, "must be [\"text\"]: answers are text");
    }

    private static bool IsTextAlone(JsonElement modalities) =>
        modalities.ValueKind == JsonValueKind.Array && modalities.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String && JsonText.Of(item) is "text");
}
