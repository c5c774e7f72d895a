using System.Buffers;
using System.Text;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.ServiceDefaults.Json;

/// <summary>Says where a body stops being UTF-8.</summary>
internal static class EncodingFault
{
    public static MeshException In(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith<byte>([0xFF, 0xFE]) || body.StartsWith<byte>([0xFE, 0xFF]))
        {
            return MeshException.Invalid("", "the body is UTF-16; JSON is sent as UTF-8");
        }

        var index = IndexIn(body);
        return BodyPlace.Fault(JsonTrail.Of(body, index).Path(body), body, index, "valid UTF-8", "these bytes are no character");
    }

    private static int IndexIn(ReadOnlySpan<byte> bytes)
    {
        var index = 0;
        while (index < bytes.Length && Rune.DecodeFromUtf8(bytes[index..], out _, out var consumed) == OperationStatus.Done)
        {
            index += consumed;
        }

        return index;
    }
}
