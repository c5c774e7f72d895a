using System.Text.Json;

namespace ModelMesh.Gateway.Ollama.Answers;

/// <summary>
/// Where the two endpoints put what the model says: <c>/api/chat</c> into a message, <c>/api/generate</c> beside everything else. The bytes are those that
/// stand around a piece of text in a line of a stream, from behind <c>created_at</c> to the line's end.
/// </summary>
internal abstract class PieceForm
{
    public static PieceForm Chat { get; } = new ChatForm();

    public static PieceForm Generate { get; } = new GenerateForm();

    public abstract ReadOnlySpan<byte> BeforeText { get; }

    public abstract ReadOnlySpan<byte> BeforeThinking { get; }

    public abstract ReadOnlySpan<byte> After { get; }

    public abstract void Write(Utf8JsonWriter json, Piece piece);

    private static void WriteThinkingAndCalls(Utf8JsonWriter json, Piece piece)
    {
        if (piece.Thinking.Length > 0)
        {
            json.WriteString("thinking"u8, piece.Thinking);
        }

        if (piece.ToolCalls.Count > 0)
        {
            ToolCallJson.Write(json, piece.ToolCalls);
        }
    }

    private sealed class ChatForm : PieceForm
    {
        public override ReadOnlySpan<byte> BeforeText => "\",\"message\":{\"role\":\"assistant\",\"content\":\""u8;

        public override ReadOnlySpan<byte> BeforeThinking => "\",\"message\":{\"role\":\"assistant\",\"content\":\"\",\"thinking\":\""u8;

        public override ReadOnlySpan<byte> After => "\"},\"done\":false}\n"u8;

        public override void Write(Utf8JsonWriter json, Piece piece)
        {
            json.WriteStartObject("message"u8);
            json.WriteString("role"u8, "assistant"u8);
            json.WriteString("content"u8, piece.Text);
            WriteThinkingAndCalls(json, piece);
            json.WriteEndObject();
        }
    }

    private sealed class GenerateForm : PieceForm
    {
        public override ReadOnlySpan<byte> BeforeText => "\",\"response\":\""u8;

        public override ReadOnlySpan<byte> BeforeThinking => "\",\"response\":\"\",\"thinking\":\""u8;

        public override ReadOnlySpan<byte> After => "\",\"done\":false}\n"u8;

        public override void Write(Utf8JsonWriter json, Piece piece)
        {
            json.WriteString("response"u8, piece.Text);
            WriteThinkingAndCalls(json, piece);
        }
    }
}
