using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Chat;

namespace ModelMesh.Gateway.OpenAI.Chat;

/// <summary><c>POST /v1/chat/completions</c>.</summary>
internal sealed class ChatCompletionExchange(ChatRequest request, StreamFields stream) : IChatExchange
{
    public const string IdKind = "chatcmpl";

    public ChatRequest Request => request;

    public bool Stream => stream.Stream;

    public bool IncludeUsage => stream.IncludeUsage;

    public string NameOf(string field) => ExtraName.Of(field);

    public IAnswerFormat Format(AnswerContext context, AnswerOutput output) =>
        new ChatCompletionFormat(output, new ChunkFrame(IdKind, "chat.completion.chunk", context, request.AnsweredAs(context.Accepted), stream.IncludeUsage), context.RequestId);

    public ReadOnlyMemory<byte> Whole(AnswerContext context, WholeAnswer answer) => ChatCompletionJson.Write(context, request.AnsweredAs(context.Accepted), answer);
}
