using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Traffic;

namespace ModelMesh.Gateway.Chat;

/// <summary>What an application asks for, checked. Not a record: its text must not be printable by accident.</summary>
internal sealed class ChatRequest : ModelRequest
{
    private IReadOnlyList<string>? _implied;

    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    public required SamplingOptions Options { get; init; }

    /// <summary>The options for the one type of backend that speaks the client's own API; null where none does.</summary>
    public NativeForm<SamplingOptions>? NativeOptions { get; init; }

    public IReadOnlyList<Tool> Tools { get; init; } = [];

    public ToolChoice? ToolChoice { get; init; }

    public bool? ParallelToolCalls { get; init; }

    public ResponseFormat? ResponseFormat { get; init; }

    /// <summary>Whether what a backend does not take of extra fields and the like is left out instead of refused: an API's clients send what not every backend takes.</summary>
    public bool Lenient { get; init; }

    public override long PromptLength() => Messages.Sum(message => message.Content.Length + message.Parts.Sum(part => (long)part.Text.Length));

    public override IReadOnlyList<string> ImpliedCapabilities => _implied ??= [.. Implied()];

    /// <summary>A message of its own for each attempt: one that was given to a call that failed may still be read by it.</summary>
    public InferRequest ToInferRequest(ModelRoute route, string requestId, CallTraits traits)
    {
        var request = new InferRequest
        {
            RequestId = requestId,
            Model = route.Model.Name,
            Version = route.Model.Version,
            Adapter = route.Adapter,
            Lenient = Lenient,
            HashKey = HashKey ?? traits.HashKey ?? "",
            Priority = traits.Priority ?? 0,
            Client = traits.Client,
            Options = NativeForm.Of(route, NativeOptions, Options),
            ToolChoice = ToolChoice,
            ResponseFormat = ResponseFormat,
        };
        request.Messages.AddRange(Messages);
        request.Tools.AddRange(Tools);
        if (ParallelToolCalls is { } parallel)
        {
            request.ParallelToolCalls = parallel;
        }

        return request;
    }

    private IEnumerable<string> Implied()
    {
        if (Tools.Count > 0)
        {
            yield return RequestCapabilities.Tools;
        }

        if (Messages.Any(message => message.Parts.Any(part => part.PartCase is ContentPart.PartOneofCase.ImageUrl or ContentPart.PartOneofCase.ImageData)))
        {
            yield return RequestCapabilities.Vision;
        }

        if (ResponseFormat is { Type: "json_object" or "json_schema" })
        {
            yield return RequestCapabilities.Json;
        }
    }
}
