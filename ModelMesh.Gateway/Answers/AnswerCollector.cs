using Grpc.Core;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Registry;

namespace ModelMesh.Gateway.Answers;

/// <summary>Reads a stream to its end for a client that wants the answer in one piece.</summary>
internal sealed class AnswerCollector(IOptions<AnswerOptions> options)
{
    // An answer that a request could ask for has no more; a backend that counts further is broken.
    private const int MaxChoices = 128;

    /// <param name="ended">Fires when the client has gone or the gateway must end its streams. The stream's call has it too.</param>
    /// <exception cref="MeshException">The stream broke, ended without being complete, or is longer than may be collected.</exception>
    /// <exception cref="RpcException">The stream was ended by <paramref name="ended"/>.</exception>
    public async Task<WholeAnswer> CollectAsync(InferStream stream, CancellationToken ended)
    {
        List<WholeChoice> choices = [new()];
        var left = (long)options.Value.MaxWholeAnswer;
        try
        {
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
        }
        catch (RpcException broken) when (!ended.IsCancellationRequested)
        {
            throw stream.Explain(broken).Error;
        }

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
