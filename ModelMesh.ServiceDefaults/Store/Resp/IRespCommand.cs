using System.Buffers;

namespace ModelMesh.ServiceDefaults.Store.Resp;

internal interface IRespCommand
{
    /// <summary>Writes it whole. Is called under the connection's lock, so it does nothing else and does not throw.</summary>
    void WriteTo(IBufferWriter<byte> buffer);
}
