using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Ollama.Answers;
using ModelMesh.Gateway.Ollama.Body;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Ollama;

public sealed class OllamaFormatTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Token_AHundredThousandTimes_AllocatesNothing(bool thinking)
    {
        var format = Format(new AnswerOutput(new FixedWriter()));
        const string text = "a \"token\" with 模型 😀\n";
        var delta = thinking ? new Delta { Reasoning = text } : new Delta { Text = text };

        Allocated.IsNothing(() => format.Delta(delta));
    }

    [Fact]
    public async Task Token_OfAnyText_IsOneLine_ThatHoldsIt()
    {
        var text = string.Concat(Enumerable.Repeat("x😀\n\r\u2028\"\\", 2_000)) + (char)0xD83D;
        var output = new MemoryStream();
        var writer = new AnswerOutput(PipeWriter.Create(output));

        Format(writer).Delta(new Delta { Text = text });
        await writer.FlushAsync(CancellationToken.None);

        var line = Assert.Single(Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n').Split('\n'));
        using var json = JsonDocument.Parse(line);
        Assert.Equal(text[..^1] + '\ufffd', json.RootElement.GetProperty("message").GetProperty("content").GetString());
    }

    [Fact]
    public void ToolCalls_WithoutEnd_AreGivenUp_NotHeldForEver()
    {
        var format = Format(new AnswerOutput(new FixedWriter()));
        var piece = new Delta { ToolCall = new ToolCallDelta { Arguments = new string('x', 1024 * 1024) } };

        Assert.Throws<ModelMesh.Contracts.Errors.MeshException>(() =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                format.Delta(piece);
            }
        });
    }

    private static OllamaFormat Format(AnswerOutput output) => new(
        output,
        new AnswerContext(new Accepted(), "id", DateTimeOffset.UnixEpoch),
        ChatBody.Parse("""{"model":"chat"}"""u8.ToArray()),
        0,
        TimeProvider.System);
}
