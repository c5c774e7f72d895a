using System.IO.Pipelines;
using System.Text;
using Google.Protobuf;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Infer.Sse;

namespace ModelMesh.Gateway.Tests.Infer;

/// <summary>A token event always has <c>token</c>; the other fields are there only when there is something in them.</summary>
public sealed class DeltaTests
{
    public static TheoryData<string, string> Deltas => new()
    {
        { Json(new Delta { Text = "a" }), """{"token":"a"}""" },
        { Json(new Delta { Text = "a", Choice = 2 }), """{"token":"a","choice":2}""" },
        { Json(new Delta { Reasoning = "why \"so\"\n" }), """{"token":"","reasoning":"why \"so\"\n"}""" },
        { Json(new Delta { Text = "a", Reasoning = "b" }), """{"token":"a","reasoning":"b"}""" },
        { Json(new Delta { Refusal = "no" }), """{"token":"","refusal":"no"}""" },
        {
            Json(new Delta { ToolCall = new ToolCallDelta { Id = "c1", Name = "f" } }),
            """{"token":"","tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"f","arguments":""}}]}"""
        },
        {
            Json(new Delta { ToolCall = new ToolCallDelta { Index = 1, Arguments = "{\"ä\"" } }),
            """{"token":"","tool_calls":[{"index":1,"function":{"arguments":"{\"ä\""}}]}"""
        },
        {
            Json(new Delta
            {
                Text = "a",
                Logprobs = { new TokenLogprob { Token = "a", Logprob = -0.5, Bytes = ByteString.CopyFrom(97), Top = { new TokenLogprob { Token = "b", Logprob = -1 } } } },
            }),
            """{"token":"a","logprobs":[{"token":"a","logprob":-0.5,"bytes":[97],"top_logprobs":[{"token":"b","logprob":-1}]}]}"""
        },
    };

    [Theory]
    [MemberData(nameof(Deltas))]
    public async Task Token_OfADelta_HasTheFieldsThatSayAnything(string delta, string data)
    {
        var pipe = new Pipe();
        var writer = new AnswerOutput(pipe.Writer);
        new InferFormat(writer, new Accepted()).Delta(JsonParser.Default.Parse<Delta>(delta));
        await writer.FlushAsync(CancellationToken.None);

        var read = await pipe.Reader.ReadAsync();
        Assert.Equal($"event: token\ndata: {data}\n\n", Encoding.UTF8.GetString(read.Buffer));
    }

    private static string Json(Delta delta) => JsonFormatter.Default.Format(delta);
}
