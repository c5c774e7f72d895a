namespace ModelMesh.Registry.Inference;

/// <summary>
/// Nobody reads the answer any more: a write failed. Often that is known before the caller's token fires, and it says the same: cancelled.
/// </summary>
internal sealed class ReaderGoneException(Exception? innerException = null) : Exception("The reader has gone.", innerException);
