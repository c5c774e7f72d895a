namespace ModelMesh.ServiceDefaults.Store;

/// <summary>The store answered a script with an error. Its message is the store's, whose first word is the code.</summary>
public sealed class StoreRefusedException(string message, Exception? innerException = null) : Exception(message, innerException);
