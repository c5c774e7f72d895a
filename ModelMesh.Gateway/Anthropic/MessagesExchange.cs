using ModelMesh.Gateway.Anthropic.Answer;
using ModelMesh.Gateway.Anthropic.Request;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Chat;

namespace ModelMesh.Gateway.Anthropic;

/// <summary>One request for a message.</summary>
internal sealed class MessagesExchange : IChatExchange
{
    public required ChatRequest Request { get; init; }

    public required bool Stream { get; init; }

    /// <summary>Whether the client wants to see what the model thinks.</summary>
    public required bool ShowsThinking { get; init; }

    public required ClientFields Fields { get; init; }

    public string NameOf(string field) => Fields.NameOf(field);

    public IAnswerFormat Format(AnswerContext context, AnswerOutput output) => new MessagesFormat(output, context, Request.AnsweredAs(context.Accepted), ShowsThinking);

    public ReadOnlyMemory<byte> Whole(AnswerContext context, WholeAnswer answer) => WholeMessage.Write(context, answer, Request.AnsweredAs(context.Accepted), ShowsThinking);
}
