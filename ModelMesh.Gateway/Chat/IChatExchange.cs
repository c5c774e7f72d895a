using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.Chat;

/// <summary>One request of an API that answers in words, and how that API writes the answer. Made by the API's parser; used for one request.</summary>
internal interface IChatExchange
{
    /// <summary>What the mesh is asked for.</summary>
    ChatRequest Request { get; }

    /// <summary>Whether the client wants the answer as it is made, or in one piece.</summary>
    bool Stream { get; }

    /// <summary>Whether a streamed answer is an event stream, whose clients skip comments.</summary>
    bool IsEventStream => true;

    /// <summary>What the client calls the field that <c>/infer</c> has by this name.</summary>
    string NameOf(string field) => field;

    /// <summary>The format of the streamed answer.</summary>
    IAnswerFormat Format(AnswerContext context, AnswerOutput output);

    /// <summary>The whole answer as JSON.</summary>
    ReadOnlyMemory<byte> Whole(AnswerContext context, WholeAnswer answer);
}
