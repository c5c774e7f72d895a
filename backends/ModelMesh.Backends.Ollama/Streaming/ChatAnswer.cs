using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;
using ModelMesh.Backends.Wire.Streaming;

namespace ModelMesh.Backends.Ollama.Streaming;

/// <summary>Makes updates of the lines of one answer. Not thread-safe.</summary>
internal sealed class ChatAnswer(UpstreamHttp http)
{
    private readonly SkippedChunks _skipped = new();
    private int _toolCalls;

    /// <summary>Whether the end mark was there: the answer is complete.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Whether the end mark told the usage, so that nothing more is to be expected.</summary>
    public bool HasUsage { get; private set; }

    /// <summary>The update that a line is; null for one that says nothing.</summary>
    /// <exception cref="BackendException">It is an error, or one too many that cannot be read.</exception>
    public BackendUpdate? Read(in ChatLine line)
    {
        if (line.IsMalformed || line.Chunk is { LacksMessage: true, Done: false, IsError: false })
        {
            _skipped.Skip();
            return null;
        }

        _skipped.Read();
        if (line.Error is { } error)
        {
            throw http.Failure(error);
        }

        var update = Update(line.Chunk);
        if (update is not null)
        {
            update.SkippedChunks = _skipped.Take();
        }

        return update;
    }

    /// <summary>The usage that a line after the end mark tells; null for any other.</summary>
    public static BackendUpdate? ReadUsage(in ChatLine line) =>
        Usage(line.Chunk) is { } usage ? new BackendUpdate(ChatRole.Assistant, [usage]) : null;

    private BackendUpdate? Update(in ChatChunk chunk)
    {
        var contents = new List<AIContent>(1);
        if (chunk.Thinking is { } thinking)
        {
            contents.Add(new TextReasoningContent(thinking));
        }

        if (chunk.Content is { } content)
        {
            contents.Add(new TextContent(content));
        }

        foreach (var call in chunk.ToolCalls ?? [])
        {
            contents.Add(new ToolCallPiece(_toolCalls++) { CallId = call.Id ?? $"call_{Guid.NewGuid():N}", Name = call.Name, Arguments = call.Arguments });
        }

        if (chunk.Done)
        {
            IsDone = true;
            if (Usage(chunk) is { } usage)
            {
                HasUsage = true;
                contents.Add(usage);
            }
        }

        return contents.Count == 0 && chunk is { Done: false, LogProbabilities: null } ? null : new BackendUpdate(ChatRole.Assistant, contents)
        {
            LogProbabilities = chunk.LogProbabilities,
            FinishReason = chunk.Done ? FinishReason(chunk.DoneReason) : null,
        };
    }

    // Ollama says stop also of an answer that calls tools, and load or unload of one that only did that.
    private ChatFinishReason FinishReason(string? reason) => reason switch
    {
        "length" => ChatFinishReason.Length,
        null or "stop" or "load" or "unload" => _toolCalls > 0 ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
        _ => new ChatFinishReason(reason),
    };

    // Ollama leaves out a count of 0: where both are 0, a server that resembles it has not counted.
    private static UsageContent? Usage(in ChatChunk chunk) => chunk is { InputTokens: null or 0, OutputTokens: null or 0 } ? null : new UsageContent(new UsageDetails
    {
        InputTokenCount = chunk.InputTokens ?? 0,
        OutputTokenCount = chunk.OutputTokens ?? 0,
        TotalTokenCount = (chunk.InputTokens ?? 0) + (chunk.OutputTokens ?? 0),
    });
}
