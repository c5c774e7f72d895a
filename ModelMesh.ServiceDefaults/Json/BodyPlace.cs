using System.Text;
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
        var column = Encoding.UTF8.GetString(before[(before.LastIndexOf((byte)'\n') + 1)..]).EnumerateRunes().Count() + 1;
        return MeshException.Invalid(path, $"{(path.Length == 0 ? "the body " : "")}is not {wanted} at line {line}, column {column}: {why}");
    }
}
