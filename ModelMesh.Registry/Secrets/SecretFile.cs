using System.Text;

namespace ModelMesh.Registry.Secrets;

/// <summary>Reads a secret from a file.</summary>
internal static class SecretFile
{
    // Certificates with their chain are some kilobytes; what is larger is a mistake, or a file without an end.
    private const int MostBytes = 64 * 1024;

    /// <exception cref="FormatException">There is no secret; the message names the file and holds nothing of it.</exception>
    public static string Read(string path)
    {
        if (Directory.Exists(path))
        {
            throw new FormatException($"refers to {path}, which is a directory");
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var bytes = new byte[MostBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > MostBytes)
            {
                throw new FormatException($"refers to the file {path}, which is larger than 64 KiB and so no secret");
            }

            using var reader = new StreamReader(new MemoryStream(bytes, 0, length), Encoding.UTF8);

            // Editors and `echo` end a file with a line break that is no part of the secret.
            return reader.ReadToEnd().TrimEnd('\r', '\n') is { Length: > 0 } secret ? secret : throw new FormatException($"refers to the file {path}, which is empty");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new FormatException($"refers to the file {path}, which the registry cannot read", exception);
        }
    }
}
