namespace ModelMesh.Feed;

/// <summary>A fault whose message is one line that tells the user what to do.</summary>
internal sealed class FeedException(string message, Exception? innerException = null) : Exception(message, innerException);
