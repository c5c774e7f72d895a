using System.IO.Pipelines;
using System.Text;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Anthropic.Answer;
using ModelMesh.Gateway.Answers;

namespace ModelMesh.Gateway.Tests.Anthropic;

/// <summary>The events that a format writes.</summary>
internal static class Events
{
    public const string Start =
        """event: message_start data: {"type":"message_start","message":{"id":"msg_r-1","type":"message","role":"assistant","model":"chat","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":0,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":0}}}""";

    public const string Stop = """event: message_stop data: {"type":"message_stop"}""";

    public static string End(string reason) =>
        $$$"""event: message_delta data: {"type":"message_delta","delta":{"stop_reason":"{{{reason}}}","stop_sequence":null},"usage":{"input_tokens":3,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":2}}""";

    public static string BlockStart(int index, string block) => $$"""event: content_block_start data: {"type":"content_block_start","index":{{index}},"content_block":{{block}}}""";

    public static string BlockDelta(int index, string delta) => $$"""event: content_block_delta data: {"type":"content_block_delta","index":{{index}},"delta":{{delta}}}""";

    public static string BlockStop(int index) => $$"""event: content_block_stop data: {"type":"content_block_stop","index":{{index}}}""";

    /// <summary>What a backend's answer becomes.</summary>
    public static List<string> Of(Completed? completed, params Delta[] deltas) => Of(format =>
    {
        foreach (var delta in deltas)
        {
            format.Delta(delta);
        }

        if (completed is not null)
        {
            format.Done(completed);
        }
    });

    public static List<string> Of(Action<MessagesFormat> write, bool showsThinking = true)
    {
        var bytes = new MemoryStream();
        var pipe = PipeWriter.Create(bytes);
        write(new MessagesFormat(new AnswerOutput(pipe), Context, "chat", showsThinking));
        pipe.Complete();
        return Split(Encoding.UTF8.GetString(bytes.ToArray()));
    }

    /// <summary>Each event as one line.</summary>
    public static List<string> Split(string stream)
    {
        Assert.EndsWith("\n\n", stream, StringComparison.Ordinal);
        return [.. stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(text => text.Replace('\n', ' '))];
    }

    /// <summary>The error that ends the stream, after the events that went out before.</summary>
    public static MeshException Fails(Completed? completed, params Delta[] deltas) => Assert.Throws<MeshException>(() => Of(completed, deltas));

    private static AnswerContext Context => new(new Accepted(), MessagesClient.RequestId, DateTimeOffset.UnixEpoch);
}
