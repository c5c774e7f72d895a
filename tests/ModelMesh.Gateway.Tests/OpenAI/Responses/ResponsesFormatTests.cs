using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.OpenAI.Responses;
using ModelMesh.Gateway.OpenAI.Responses.Events;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.OpenAI.Responses;

public sealed class ResponsesFormatTests
{
    public static TheoryData<string, int> Common => new()
    {
        { "text", 24 },
        { "reasoning", 24 },
        { "arguments", 24 },
    };

    // The text itself is kept, two bytes a character, for the events that repeat it.
    [Theory]
    [MemberData(nameof(Common))]
    public void Delta_AHundredThousandTimes_AllocatesNothingButTheTextItself(string kind, int length)
    {
        const int Times = 100_000;
        var format = Format(new AnswerOutput(new FixedWriter()));
        var text = "a \"token\" with 模型 😀\n".PadRight(length);
        var delta = kind switch
        {
            "text" => new Delta { Text = text },
            "reasoning" => new Delta { Reasoning = text },
            _ => new Delta { ToolCall = new ToolCallDelta { Arguments = text } },
        };
        format.Delta(delta);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Times; i++)
        {
            format.Delta(delta);
        }

        var kept = (double)Times * text.Length * sizeof(char);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, kept * 0.9, kept * 1.05);
    }

    [Fact]
    public async Task Delta_LongerThanABlock_IsOneEventThatHoldsItWhole()
    {
        var text = string.Concat(Enumerable.Repeat("x😀\n", 50_000));
        var bytes = new MemoryStream();
        var output = new AnswerOutput(PipeWriter.Create(bytes));

        Format(output).Delta(new Delta { Text = text });
        await output.FlushAsync(CancellationToken.None);

        var last = Encoding.UTF8.GetString(bytes.ToArray()).Split("\n\n")[4];
        using var json = JsonDocument.Parse(last[last.IndexOf('{', StringComparison.Ordinal)..]);
        Assert.Equal(text, json.RootElement.GetProperty("delta").GetString());
        Assert.Equal(4, json.RootElement.GetProperty("sequence_number").GetInt32());
    }

    private static ResponsesFormat Format(AnswerOutput output)
    {
        using var request = JsonDocument.Parse("""{"model":"chat"}""");
        return new ResponsesFormat(output, new ResponseObject(new AnswerContext(new Accepted(), "r1", DateTimeOffset.UnixEpoch), ResponseEcho.Of(request.RootElement)), int.MaxValue);
    }
}
