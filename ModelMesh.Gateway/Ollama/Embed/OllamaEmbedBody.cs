using System.Text.Json;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Embed;
using ModelMesh.Gateway.Ollama.Body;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Ollama.Embed;

/// <summary>
/// The bodies of <c>POST /api/embed</c> and of the older <c>POST /api/embeddings</c> as pure functions: bytes in, checked inputs out, or one error that lists every
/// fault. No input at all is a request to load the model: there are no inputs then.
/// </summary>
internal static class OllamaEmbedBody
{
    private const int MaxPromptLength = int.MaxValue;

    /// <exception cref="MeshException"><c>invalid_request</c>.</exception>
    public static EmbeddingInputs Parse(ReadOnlyMemory<byte> body) => Parse(body, ReadInputs);

    /// <inheritdoc cref="Parse(ReadOnlyMemory{byte})"/>
    public static EmbeddingInputs ParseOlder(ReadOnlyMemory<byte> body) =>
        Parse(body, static (fields, _, _) => fields.Text("prompt", MaxPromptLength) is { Length: > 0 } prompt ? [prompt] : []);

    private static EmbeddingInputs Parse(ReadOnlyMemory<byte> body, Func<FieldReader, JsonElement, FaultList, List<string>> readInputs)
    {
        using var document = JsonBody.ParseObject(body);
        var faults = new FaultList(UnknownFields.Allowed);
        var fields = new FieldReader(document.RootElement, "", faults);
        var model = OllamaModel.Read(fields);
        var inputs = readInputs(fields, document.RootElement, faults);
        var dimensions = (int?)fields.WholeNumber("dimensions", 0, EmbedInputReader.MaxDimensions);
        var runner = RunnerFields.Read(fields, out _);
        var options = fields.FreeForm("options");
        var rest = fields.TakeTheRest();
        faults.ThrowIfAny();
        return new EmbeddingInputs
        {
            Model = model,
            IsReference = true,
            DefaultTag = OllamaModel.DefaultTag,
            Lenient = true,
            Inputs = inputs,

            // Ollama takes 0 for the model's own.
            Dimensions = dimensions is 0 ? null : dimensions,
            ExtraJson = BackendFields.ForOthers("", rest),
            NativeExtraJson = new(OllamaModel.BackendType, BackendFields.ForOllama(options, null, runner, rest)),
        };
    }

    private static List<string> ReadInputs(FieldReader fields, JsonElement body, FaultList faults)
    {
        var given = body.TryGetProperty("input", out var input) && input.ValueKind switch
        {
            JsonValueKind.Null => false,
            JsonValueKind.String => !input.ValueEquals(""u8),
            JsonValueKind.Array => input.GetArrayLength() > 0,
            _ => true,
        };
        if (given)
        {
            return EmbedInputReader.ReadInputs(fields, faults);
        }

        fields.TryTake("input", out _);
        return [];
    }
}
