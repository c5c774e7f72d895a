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

    // Without a copy: a body of one line may be as long as bodies may be.
    private static int Characters(ReadOnlySpan<byte> text)
    {
        var characters = 0;
        foreach (var unit in text)
        {
            characters += IsContinuation(unit) ? 0 : 1;
        }

        return characters;

        static bool IsContinuation(byte unit) => (unit & 0xC0) == 0x80;
    }
}
