using System.Text.Json;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Chat;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Infer.Body;

/// <summary>The body of <c>POST /infer</c> as a pure function: bytes in, a checked request out, or one error that lists every fault.</summary>
internal static class InferBody
{
    /// <exception cref="MeshException"><c>invalid_request</c>.</exception>
    public static ChatRequest Parse(ReadOnlyMemory<byte> body)
    {
        using var document = JsonBody.ParseObject(body);
        return Parse(document.RootElement, ["input"], isReference: false);
    }

    /// <param name="body">An object.</param>
    /// <param name="inputs">The names that one user message may have.</param>
    /// <param name="isReference">Whether <c>model</c> may be a reference.</param>
    /// <exception cref="MeshException"><c>invalid_request</c>.</exception>
    public static ChatRequest Parse(JsonElement body, IReadOnlyList<string> inputs, bool isReference)
    {
        var faults = new FaultList();
        var fields = new FieldReader(body, "", faults);
        var model = ModelFields.Read(fields, isReference);
        var tools = ToolsReader.Read(fields, faults);
        var request = new ChatRequest
        {
            Model = model.Model,
            IsReference = isReference,
            Version = model.Version,
            HashKey = model.HashKey,
            Hints = RoutingHintsReader.Read(fields),
            Messages = MessagesReader.Read(fields, faults, inputs),
            Options = SamplingReader.Read(fields),
            Tools = tools,
            ToolChoice = ToolChoiceReader.Read(fields, tools, faults),
            ParallelToolCalls = ToolChoiceReader.ReadParallel(fields, tools),
            ResponseFormat = ResponseFormatReader.Read(fields, faults),
        };
        request.Options.ExtraJson = fields.FreeForm("extra");
        fields.RefuseTheRest();
        faults.ThrowIfAny();
        return request;
    }
}
