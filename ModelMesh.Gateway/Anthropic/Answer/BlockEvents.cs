using System.Text;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.Anthropic.Answer;

/// <summary>Writes the events of one block after the other: <c>content_block_start</c>, <c>content_block_delta</c>, <c>content_block_stop</c>.</summary>
internal sealed class BlockEvents(AnswerOutput output)
{
    private int _index = -1;
    private byte[] _deltaHead = [];

    public void Start(Block block)
    {
        _index++;
        output.Raw(Encoding.UTF8.GetBytes($"event: content_block_start\ndata: {{\"type\":\"content_block_start\",\"index\":{_index},\"content_block\":"));
        switch (block.Kind)
        {
            case BlockKind.Text:
                output.Raw("{\"type\":\"text\",\"text\":\"\"}"u8);
                _deltaHead = DeltaHead("text_delta", "text");
                break;
            case BlockKind.Thinking:
                output.Raw("{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"u8);
                _deltaHead = DeltaHead("thinking_delta", "thinking");
                break;
            default:
                output.Raw("{\"type\":\"tool_use\",\"id\":\""u8);
                output.Escaped(block.Id);
                output.Raw("\",\"name\":\""u8);
                output.Escaped(block.Name);
                output.Raw("\",\"input\":{},\"caller\":{\"type\":\"direct\"}}"u8);
                _deltaHead = DeltaHead("input_json_delta", "partial_json");
                break;
        }

        output.Raw("}\n\n"u8);
    }

    /// <summary>A piece of the block that was started last. Costs no allocation.</summary>
    public void Piece(string text)
    {
        output.Raw(_deltaHead);
        output.Escaped(text);
        output.Raw("\"}}\n\n"u8);
    }

    public void Stop(Block block)
    {
        if (block.Kind == BlockKind.Thinking)
        {
            // Clients wait for a signature before they take a thought for whole. There is none to give.
            output.Raw(DeltaHead("signature_delta", "signature"));
            output.Raw("\"}}\n\n"u8);
        }

        output.Raw(Encoding.UTF8.GetBytes($"event: content_block_stop\ndata: {{\"type\":\"content_block_stop\",\"index\":{_index}}}\n\n"));
    }

    private byte[] DeltaHead(string type, string field) => Encoding.UTF8.GetBytes(
        $"event: content_block_delta\ndata: {{\"type\":\"content_block_delta\",\"index\":{_index},\"delta\":{{\"type\":\"{type}\",\"{field}\":\"");
}
