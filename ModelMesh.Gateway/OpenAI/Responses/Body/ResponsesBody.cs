using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Infer.Body;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.OpenAI.Responses.Body;

/// <summary>The body of <c>POST /v1/responses</c> as a pure function: bytes in, a checked exchange out, or one error that lists every fault.</summary>
internal static class ResponsesBody
{
    /// <param name="mostBytes">The most that a streamed answer may have.</param>
    /// <exception cref="MeshException"><c>invalid_request</c>.</exception>
    public static ResponsesExchange Parse(ReadOnlyMemory<byte> body, int mostBytes)
    {
        using var document = JsonBody.ParseObject(body);
        var faults = new FaultList(UnknownFields.Allowed);
        var fields = new FieldReader(document.RootElement, "", faults);
        RefusedFields.Check(fields);
        var model = OpenAIModelFields.Read(fields);
        var extra = new ExtraFields();
        var options = ResponseOptionsReader.Read(fields, faults, extra);
        var tools = FunctionToolsReader.Read(fields, faults);
        var conversation = InputReader.Read(fields, faults);
        var request = new ChatRequest
        {
            Model = model.Model,
            IsReference = true,
            Version = model.Version,
            HashKey = model.HashKey,
            Hints = RoutingHintsReader.Peek(fields),
            Lenient = true,
            Messages = conversation.Messages,
            Options = options,
            Tools = tools,
            ToolChoice = FunctionChoiceReader.Read(fields, tools, faults),
            ParallelToolCalls = ReadParallel(fields, tools),
            ResponseFormat = TextReader.Read(fields, faults, extra),
        };
        var stream = fields.Flag("stream") ?? false;
        fields.FreeForm("metadata");
        options.ExtraJson = extra.With(fields);
        faults.ThrowIfAny();
        return new ResponsesExchange(request, stream, ResponseEcho.Of(document.RootElement), mostBytes) { FieldNames = new FieldNames(conversation.Sources) };
    }

    // Without tools it says nothing, and clients send it all the same.
    private static bool? ReadParallel(FieldReader fields, List<Tool> tools) => fields.Flag("parallel_tool_calls") is { } parallel && tools.Count > 0 ? parallel : null;
}
