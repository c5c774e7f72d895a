using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.OpenAI;

/// <summary>What a format writes, without a gateway around it.</summary>
internal static class Formats
{
    public static AnswerContext Context { get; } = new(new Accepted { Model = "chat", Version = "v1", Revision = 7, Instance = "registry-1" }, ApiCalls.RequestId, DateTimeOffset.FromUnixTimeSeconds(1));

    public static async Task<string> WrittenAsync(Func<AnswerOutput, IAnswerFormat> open, Action<IAnswerFormat> write)
    {
        var bytes = new MemoryStream();
        var output = new AnswerOutput(PipeWriter.Create(bytes));
        write(open(output));
        await output.FlushAsync(CancellationToken.None);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>Asserts that a piece costs no object, once the first has been written.</summary>
    public static void AllocateNothing(Func<AnswerOutput, IAnswerFormat> open, Delta delta)
    {
        var format = open(new AnswerOutput(new FixedWriter()));
        format.Delta(delta);
        Allocated.IsNothing(() => format.Delta(delta));
    }

    public static WholeAnswer Whole(Completed completed, params Delta[] deltas)
    {
        var choices = Enumerable.Range(0, Math.Max(1, completed.FinishReasons.Count)).Select(_ => new WholeChoice()).ToArray();
        foreach (var delta in deltas)
        {
            choices[delta.Choice].Add(delta);
        }

        return new WholeAnswer(choices, completed);
    }
}
