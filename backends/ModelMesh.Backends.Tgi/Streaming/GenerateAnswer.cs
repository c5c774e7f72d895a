using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;
using ModelMesh.Backends.Wire.Streaming;

namespace ModelMesh.Backends.Tgi.Streaming;

/// <summary>Makes updates of the events of one generation. Not thread-safe.</summary>
internal sealed class GenerateAnswer(UpstreamHttp http, IReadOnlyList<string> stops, bool withLogProbabilities)
{
    private readonly SkippedChunks _skipped = new();
    private readonly StopFilter _filter = new(stops);
    private readonly PendingTokens? _pending = withLogProbabilities ? new PendingTokens() : null;
    private long _tokens;

    /// <summary>Whether the answer is complete: by the server's last event, or by a stop sequence.</summary>
    public bool IsDone { get; private set; }

    /// <summary>The update that an event is; null for one that says nothing yet.</summary>
    /// <exception cref="BackendException">It is an error, or one too many that cannot be read.</exception>
    public BackendUpdate? Read(in GenerateLine line)
    {
        if (line.IsMalformed)
        {
            _skipped.Skip();
            return null;
        }

        _skipped.Read();
        if (line.Error is { } error)
        {
            throw http.Failure(error);
        }

        var text = _filter.Push(TextOf(line.Event));
        IsDone = line.Event.IsEnd || _filter.Stopped;
        if (line.Event.IsEnd)
        {
            text += _filter.Flush();
        }

        return text.Length == 0 && !IsDone ? null : Update(text, line.Event);
    }

    /// <summary>The answer's text in an event. A whole answer has no token, and its text in one piece; a last event has both.</summary>
    private string TextOf(in GenerateEvent read)
    {
        if (read.Token is not { } token)
        {
            return read.GeneratedText ?? "";
        }

        _tokens++;
        if (token.IsSpecial)
        {
            return "";
        }

        _pending?.Add(token, read.Top);
        return token.Text;
    }

    private BackendUpdate Update(string text, in GenerateEvent read)
    {
        var contents = new List<AIContent>(2);
        if (text.Length > 0)
        {
            contents.Add(new TextContent(text));
        }

        if (IsDone)
        {
            contents.Add(new UsageContent(Usage(read)));
        }

        return new BackendUpdate(ChatRole.Assistant, contents)
        {
            LogProbabilities = _pending?.Take(text.Length),
            FinishReason = IsDone ? FinishReason(read.FinishReason) : null,
            SkippedChunks = _skipped.Take(),
        };
    }

    private ChatFinishReason FinishReason(string? reason) => reason switch
    {
        _ when _filter.Stopped => ChatFinishReason.Stop,
        "length" => ChatFinishReason.Length,
        _ => ChatFinishReason.Stop,
    };

    // A stop sequence inside of a token ends the answer before the server has counted; the tokens so far were counted here.
    private UsageDetails Usage(in GenerateEvent read)
    {
        var output = read.OutputTokens ?? _tokens;
        return new UsageDetails
        {
            InputTokenCount = read.InputTokens,
            OutputTokenCount = output,
            TotalTokenCount = read.InputTokens is { } input ? input + output : null,
        };
    }
}
