using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Answers;

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

    /// <summary>Bytes that a hundred thousand deltas cost, once the first has been written.</summary>
    public static long AllocatedBy(Func<AnswerOutput, IAnswerFormat> open, Delta delta)
    {
        var format = open(new AnswerOutput(new Sink()));
        format.Delta(delta);
        format.Delta(delta);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100_000; i++)
        {
            format.Delta(delta);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
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

    private sealed class Sink : PipeWriter
    {
        private readonly byte[] _block = new byte[4096];

        public override void Advance(int bytes)
        {
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => _block;

        public override Span<byte> GetSpan(int sizeHint = 0) => _block;

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => default;

        public override void CancelPendingFlush()
        {
        }

        public override void Complete(Exception? exception = null)
        {
        }
    }
}
