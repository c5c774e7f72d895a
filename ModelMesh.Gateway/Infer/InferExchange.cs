using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Infer.Sse;

namespace ModelMesh.Gateway.Infer;

/// <summary><c>POST /infer</c>, which always streams.</summary>
internal sealed class InferExchange(ChatRequest request) : IChatExchange
{
    public ChatRequest Request => request;

    public bool Stream => true;

    public IAnswerFormat Format(AnswerContext context, AnswerOutput output) => new InferFormat(output, context.Accepted);

    public ReadOnlyMemory<byte> Whole(AnswerContext context, WholeAnswer answer) => throw new NotSupportedException("/infer streams");
}
