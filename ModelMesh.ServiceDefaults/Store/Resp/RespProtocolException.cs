namespace ModelMesh.ServiceDefaults.Store.Resp;

/// <summary>The other side sent what is no reply of a store, or more than one may be.</summary>
internal sealed class RespProtocolException(string message) : IOException(message);
