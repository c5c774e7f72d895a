using System.Globalization;
using System.Text.Json;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Infer.Body;
using ModelMesh.Gateway.Routing;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.OpenAI.Completions;

/// <summary>
/// The body of <c>POST /v1/completions</c> as a pure function: bytes in, a checked exchange out, or one error that lists every fault. Each prompt becomes
/// a chat of one user message.
/// </summary>
internal static class CompletionBody
{
    private const int MaxLogprobs = 20;

    /// <param name="maxPrompts">The most prompts that one request may have.</param>
    /// <exception cref="MeshException"><c>invalid_request</c>.</exception>
    public static CompletionExchange Parse(ReadOnlyMemory<byte> body, int maxPrompts)
    {
        using var document = JsonBody.ParseObject(body);
        var faults = new FaultList(UnknownFields.Allowed);
        var fields = new FieldReader(document.RootElement, "", faults);
        var model = OpenAIModelFields.Read(fields);
        var stream = StreamFields.Read(fields, faults);
        var prompts = PromptReader.Read(fields, faults, maxPrompts);
        if (stream.Stream && prompts.Count > 1)
        {
            fields.Fault("prompt", "must be one text where stream is true");
        }

        var options = ReadOptions(fields);
        var format = ResponseFormatReader.Read(fields, faults);
        RefuseWhatWouldBeLost(fields, options);
        var hints = RoutingHintsReader.Peek(fields);
        options.ExtraJson = fields.TakeTheRest();
        faults.ThrowIfAny();

        // Prompts of one request are answered by one version: its answer names one.
        var hashKey = model.HashKey ?? (prompts.Count > 1 ? Guid.CreateVersion7().ToString("N") : null);
        return new CompletionExchange([.. prompts.Select(prompt => ToRequest(prompt, model with { HashKey = hashKey }, hints, options, format))], stream);
    }

    private static ChatRequest ToRequest(string prompt, (string Model, string? Version, string? HashKey) model, RoutingHints hints, SamplingOptions options, ResponseFormat? format) => new()
    {
        Model = model.Model,
        IsReference = true,
        Version = model.Version,
        HashKey = model.HashKey,
        Hints = hints,
        Lenient = true,
        Messages = [new ChatMessage { Role = "user", Content = prompt }],
        Options = options,
        ResponseFormat = format,
    };

    // Here logprobs is how many candidates to show.
    private static SamplingOptions ReadOptions(FieldReader fields)
    {
        var logprobs = fields.WholeNumber("logprobs", 0, MaxLogprobs);
        var options = SamplingReader.Read(fields, UnknownFields.Allowed);
        if (logprobs is { } top)
        {
            (options.Logprobs, options.TopLogprobs) = (true, (int)top);
        }

        return options;
    }

    private static void RefuseWhatWouldBeLost(FieldReader fields, SamplingOptions options)
    {
        var answers = options.HasN ? options.N : 1;
        fields.RefuseUnless("best_of", value => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var best) && best == answers, string.Create(CultureInfo.InvariantCulture, $"must be n ({answers}): all answers that are made are given"));
        fields.RefuseUnless("echo", value => value.ValueKind == JsonValueKind.False, "must be false: the prompt is not answered back");
        fields.RefuseUnless("suffix", value => value.ValueKind == JsonValueKind.String && value.ValueEquals(""u8), "must be empty: nothing is inserted into a text");
        foreach (var name in (string[])["messages", "tools", "tool_choice", "functions", "function_call"])
        {
            fields.Refuse(name, "is not a field of completions; call /v1/chat/completions");
        }
    }
}
