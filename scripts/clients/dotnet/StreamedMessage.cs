using System.Text;
using Anthropic.Models.Messages;

namespace ModelMesh.Scripts.Clients;

/// <summary>What the events of one of Anthropic's streams add up to.</summary>
internal sealed class StreamedMessage
{
    private readonly StringBuilder _text = new();
    private readonly SortedDictionary<long, (ToolUseBlock Block, StringBuilder Arguments)> _calls = [];

    public string Text => _text.ToString();

    public int Deltas { get; private set; }

    public string? Stop { get; private set; }

    public long? Input { get; private set; }

    public long? Output { get; private set; }

    /// <summary>Whether it came to its own end.</summary>
    public bool IsWhole { get; private set; }

    public IReadOnlyList<ToolCall> Calls => [.. _calls.Values.Select(call => new ToolCall(call.Block.ID, call.Block.Name, call.Arguments.ToString()))];

    public void Add(RawMessageStreamEvent update)
    {
        if (update.TryPickStart(out var start))
        {
            Input = start.Message.Usage.InputTokens;
        }
        else if (update.TryPickContentBlockStart(out var block) && block.ContentBlock.Value is ToolUseBlock call)
        {
            _calls.Add(block.Index, (call, new StringBuilder()));
        }
        else if (update.TryPickContentBlockDelta(out var delta))
        {
            Deltas++;
            _text.Append(delta.Delta.TryPickText(out var text) ? text.Text : "");
            if (delta.Delta.TryPickInputJson(out var json))
            {
                _calls[delta.Index].Arguments.Append(json.PartialJson);
            }
        }
        else if (update.TryPickDelta(out var end))
        {
            Stop = end.Delta.StopReason?.Raw();
            Input = end.Usage.InputTokens is > 0 ? end.Usage.InputTokens : Input;
            Output = end.Usage.OutputTokens;
        }

        IsWhole |= update.TryPickStop(out _);
    }
}

internal sealed record ToolCall(string Id, string Name, string Arguments);
