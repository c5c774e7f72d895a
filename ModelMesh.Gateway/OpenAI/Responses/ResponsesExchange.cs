using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.OpenAI.Responses.Output;
using ModelMesh.Gateway.OpenAI.Responses.Events;

namespace ModelMesh.Gateway.OpenAI.Responses;

/// <summary><c>POST /v1/responses</c>.</summary>
/// <param name="echo">What the response object repeats of the request.</param>
/// <param name="mostBytes">The most that a streamed answer may have: its last events repeat it all, so it is kept until then.</param>
internal sealed class ResponsesExchange(ChatRequest request, bool stream, ResponseEcho echo, int mostBytes) : IChatExchange
{
    /// <summary>What the client called the fields of the request.</summary>
    public required FieldNames FieldNames { get; init; }

    public ChatRequest Request => request;

    public bool Stream => stream;

    public string NameOf(string field) => FieldNames.Of(field);

    public IAnswerFormat Format(AnswerContext context, AnswerOutput output) => new ResponsesFormat(output, new ResponseObject(context, echo), mostBytes);

    public ReadOnlyMemory<byte> Whole(AnswerContext context, WholeAnswer answer)
    {
        var response = new ResponseObject(context, echo);
        var last = ResponseObject.IncompleteReason(answer.Completed) is null ? ItemStatus.Completed : ItemStatus.Incomplete;
        return response.Ended(WholeItems.Of(answer.Choices[0], response, last), answer.Completed);
    }
}
