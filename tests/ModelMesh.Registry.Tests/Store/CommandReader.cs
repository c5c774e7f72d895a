using System.Text;

namespace ModelMesh.Registry.Tests.Store;

/// <summary>Reads the commands that a client sends to a store, from its bytes in whatever parts they come: arrays of bulk strings.</summary>
internal sealed class CommandReader
{
    private byte[] _unread = [];

    /// <summary>The commands that are complete now, each as its words.</summary>
    public IReadOnlyList<string[]> Read(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> rest = [.. _unread, .. bytes];
        var commands = new List<string[]>();
        while (TryRead(rest, out var command, out var length))
        {
            commands.Add(command);
            rest = rest[length..];
        }

        _unread = rest.ToArray();
        return commands;
    }

    private static bool TryRead(ReadOnlySpan<byte> bytes, out string[] command, out int length)
    {
        (command, length) = ([], 0);
        if (!TryReadNumber(bytes, '*', ref length, out var count))
        {
            return false;
        }

        var words = new string[count];
        for (var index = 0; index < count; index++)
        {
            if (!TryReadNumber(bytes, '$', ref length, out var size) || bytes.Length < length + size + 2)
            {
                return false;
            }

            words[index] = Encoding.UTF8.GetString(bytes.Slice(length, size));
            length += size + 2;
        }

        command = words;
        return true;
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> bytes, char sign, ref int at, out int number)
    {
        var line = bytes[at..].IndexOf("\r\n"u8);
        number = 0;
        if (line < 0)
        {
            return false;
        }

        if (bytes[at] != sign)
        {
            throw new InvalidDataException($"'{(char)bytes[at]}' in place of '{sign}'.");
        }

        number = int.Parse(bytes.Slice(at + 1, line - 1));
        at += line + 2;
        return true;
    }
}
