using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Chat;

namespace ModelMesh.Gateway.Service;

/// <summary><c>POST /v1/infer</c>, which answers in one piece.</summary>
internal sealed class ServiceExchange(ChatRequest request, Latency latency) : IChatExchange
{
    public ChatRequest Request => request;

    public bool Stream => false;

    public IAnswerFormat Format(AnswerContext context, AnswerOutput output) => throw new NotSupportedException("/v1/infer does not stream");

    public ReadOnlyMemory<byte> Whole(AnswerContext context, WholeAnswer answer) => ServiceAnswerJson.Write(context, answer, latency);
}
