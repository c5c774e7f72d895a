using ModelMesh.Contracts.Errors;

namespace ModelMesh.Gateway.Answers;

/// <summary>How much of one call's answers may be kept until all of them are there. Thread-safe.</summary>
internal sealed class AnswerBudget(long maxBytes)
{
    private long _taken;

    /// <exception cref="MeshException">They are longer than may be kept.</exception>
    public void Take(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) > maxBytes)
        {
            throw new MeshException(ErrorCode.BackendError, $"The answers are together longer than {maxBytes} bytes, the most that is collected. Ask for fewer at once.");
        }
    }
}
