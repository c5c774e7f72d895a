using System.Buffers;
using ModelMesh.Registry.Leases;
using ModelMesh.ServiceDefaults.Store;
using ModelMesh.ServiceDefaults.Store.Resp;
using Xunit;

namespace ModelMesh.Registry.Tests.Store.Resp;

public sealed class EvalCommandTests
{
    private static readonly StoreScript Script = StoreScript.Load<LeaseManager>("release.lua");

    [Fact]
    public void Write_KeysAndValuesOfAllKinds_IsOneCommandWithAllOfThem()
    {
        var call = new ScriptCall(Script, ["{schlüssel}:1", "b"], ["", "größer\r\n", 0, long.MinValue, long.MaxValue]);

        Assert.Equal(
            ["EVALSHA", Script.Hash, "2", "{schlüssel}:1", "b", "", "größer\r\n", "0", "-9223372036854775808", "9223372036854775807"],
            Written(new EvalCommand(call, byHash: true)));
        Assert.Equal(["EVAL", Script.Text, "0"], Written(new EvalCommand(new ScriptCall(Script, [], []), byHash: false)));
    }

    private static string[] Written(EvalCommand command)
    {
        var buffer = new ArrayBufferWriter<byte>();
        command.WriteTo(buffer);
        return Assert.Single(new CommandReader().Read(buffer.WrittenSpan));
    }
}
