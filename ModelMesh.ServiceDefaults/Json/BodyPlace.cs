using ModelMesh.Contracts.Errors;

namespace ModelMesh.ServiceDefaults.Json;

/// <summary>Tells a person where in a body something is wrong: lines and columns count from 1, columns in characters.</summary>
internal static class BodyPlace
{
    /// <param name="path">The path of what could not be read; empty where it is the body itself.</param>
    /// <param name="index">Of the first byte that is wrong; valid UTF-8 before it.</param>
    /// <param name="wanted">What the body is not.</param>
    /// <param name="why">In words.</param>
    public static MeshException Fault(string path, ReadOnlySpan<byte> body, int index, string wanted, string why)
    {
        var before = body[..index];
        var line = before.Count((byte)'\n') + 1;
        var column = Characters(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return MeshException.Invalid(path, $"{(path.Length == 0 ? "the body " : "")}is not {wanted} at line {line}, column {column}: {why}");
    }

    // Each has one byte that does not go on with another; a copy as text would be twice as long as the body may be.
    private static int Characters(ReadOnlySpan<byte> utf8)
    {
        var count = 0;
        foreach (var octet in utf8)
        {
            count += (octet & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }
}
