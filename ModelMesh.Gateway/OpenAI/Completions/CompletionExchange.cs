using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Chat;

namespace ModelMesh.Gateway.OpenAI.Completions;

/// <summary><c>POST /v1/completions</c>: one request for each prompt. As an exchange it is that of the first.</summary>
internal sealed class CompletionExchange(IReadOnlyList<ChatRequest> requests, StreamFields stream) : IChatExchange
{
    public const string IdKind = "cmpl";
    public const string Type = "text_completion";

    /// <summary>In the order of the prompts; at least one.</summary>
    public IReadOnlyList<ChatRequest> Requests => requests;

    public ChatRequest Request => requests[0];

    public bool Stream => stream.Stream;

    public string NameOf(string field) => field.StartsWith("messages", StringComparison.Ordinal) ? "prompt" : ExtraName.Of(field);

    public IAnswerFormat Format(AnswerContext context, AnswerOutput output) =>
        new CompletionFormat(output, new ChunkFrame(IdKind, Type, context, Request.AnsweredAs(context.Accepted), stream.IncludeUsage));

    public ReadOnlyMemory<byte> Whole(AnswerContext context, WholeAnswer answer) => CompletionJson.Write(context, Request.AnsweredAs(context.Accepted), [answer]);
}
