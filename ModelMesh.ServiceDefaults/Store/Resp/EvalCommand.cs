using System.Buffers;

namespace ModelMesh.ServiceDefaults.Store.Resp;

/// <summary>Runs a script, by its hash or with its text.</summary>
internal readonly struct EvalCommand(ScriptCall call, bool byHash) : IRespCommand
{
    private const int WordsBeforeKeys = 3;

    public void WriteTo(IBufferWriter<byte> buffer)
    {
        RespWriter.Begin(buffer, WordsBeforeKeys + call.Keys.Length + call.Values.Length);
        RespWriter.Word(buffer, byHash ? "EVALSHA"u8 : "EVAL"u8);
        RespWriter.Word(buffer, byHash ? call.Script.Hash : call.Script.Text);
        RespWriter.Word(buffer, call.Keys.Length);
        foreach (var key in call.Keys)
        {
            RespWriter.Word(buffer, (string?)key ?? "");
        }

        foreach (var value in call.Values)
        {
            value.WriteTo(buffer);
        }
    }
}
