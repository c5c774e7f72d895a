using System.Buffers;

namespace ModelMesh.ServiceDefaults.Store.Resp;

internal readonly struct WordsCommand(params string[] words) : IRespCommand
{
    public void WriteTo(IBufferWriter<byte> buffer)
    {
        RespWriter.Begin(buffer, words.Length);
        foreach (var word in words)
        {
            RespWriter.Word(buffer, word);
        }
    }
}
