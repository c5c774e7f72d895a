namespace ModelMesh.Registry.Inference;

/// <summary>A request had to give its slot up before its first token. It goes back to the queue, and its caller hears no more of it than that.</summary>
/// <param name="attempts">How many times a backend was asked for it so far.</param>
internal sealed class PreemptedException(int attempts) : Exception
{
    public int Attempts => attempts;
}
