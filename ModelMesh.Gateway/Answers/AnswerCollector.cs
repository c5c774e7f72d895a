using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Answers;

/// <summary>Reads a stream to its end for a client that wants the answer in one piece.</summary>
internal sealed class AnswerCollector(IOptions<AnswerOptions> options)
{
    // An answer that a request could ask for has no more; a backend that counts further is broken.
    private const int MaxChoices = 128;

    /// <exception cref="MeshException">The stream ended without being complete, or is longer than may be collected.</exception>
    /// <exception cref="Grpc.Core.RpcException">It broke.</exception>
    public async Task<WholeAnswer> CollectAsync(IAnswerStream stream)
    {
        List<WholeChoice> choices = [new()];
        var left = (long)options.Value.MaxWholeAnswer;
        do
        {
            if (stream.Current.EventCase == InferEvent.EventOneofCase.Completed)
            {
                var completed = stream.Current.Completed;
                Reach(choices, completed.FinishReasons.Count - 1);
                return new WholeAnswer(choices, completed) { Bytes = options.Value.MaxWholeAnswer - left };
            }

            foreach (var delta in stream.Current.Deltas?.Items ?? [])
            {
                left -= delta.CalculateSize();
                if (left < 0)
                {
                    throw new MeshException(ErrorCode.BackendError, $"The answer is longer than {options.Value.MaxWholeAnswer} bytes, the most that is collected. Ask for a stream.");
                }

                Reach(choices, delta.Choice);
                choices[delta.Choice].Add(delta);
            }
        }
        while (await stream.MoveNextAsync());
        throw stream.Incomplete();
    }

    private static void Reach(List<WholeChoice> choices, int index)
    {
        if (index is < -1 or >= MaxChoices)
        {
            throw new MeshException(ErrorCode.BackendError, $"The backend answered with a choice of the index {index}.");
        }

        while (choices.Count <= index)
        {
            choices.Add(new WholeChoice());
        }
    }
}
