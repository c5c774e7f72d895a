using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Ollama.Answers;

namespace ModelMesh.Gateway.Ollama;

/// <summary><c>POST /api/chat</c> and <c>POST /api/generate</c>.</summary>
/// <param name="time">What the answer's durations are measured with, from now on.</param>
internal sealed class OllamaExchange(OllamaRequest request, TimeProvider time) : IChatExchange
{
    private readonly long _began = time.GetTimestamp();

    public ChatRequest Request => request.Chat;

    public bool Stream => request.Stream;

    /// <inheritdoc cref="OllamaRequest.OnlyLoads"/>
    public string? OnlyLoads => request.OnlyLoads;

    public bool IsEventStream => false;

    public string NameOf(string field) => OllamaFieldNames.Of(field, request.Form);

    public IAnswerFormat Format(AnswerContext context, AnswerOutput output) => new OllamaFormat(output, context, request, _began, time);

    public ReadOnlyMemory<byte> Whole(AnswerContext context, WholeAnswer answer)
    {
        var choice = answer.Choices[0];
        var finishReason = answer.FinishReason(0);
        var calls = CallArguments.Whole(choice.ToolCalls, finishReason);
        var piece = new Piece { Text = choice.Text + choice.Refusal, Thinking = choice.Reasoning, ToolCalls = calls, Logprobs = choice.Logprobs };
        return Write(request.Chat.AnsweredAs(context.Accepted), piece, Ending.Of(answer.Completed, finishReason, CallTimes.Now(time, _began, context)));
    }

    /// <summary>The answer to a request that says nothing to the model.</summary>
    /// <param name="model">What would have served it.</param>
    public ReadOnlyMemory<byte> Loaded(string model, string reason) => Write(request.Chat.Model.Length > 0 ? request.Chat.Model : model, new Piece(), new Ending(reason));

    private ReadOnlyMemory<byte> Write(string model, Piece piece, Ending ending) => AnswerJson.Write(model, time.GetUtcNow(), request.Form, piece, ending);
}
