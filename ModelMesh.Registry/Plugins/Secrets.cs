namespace ModelMesh.Registry.Plugins;

/// <summary>Turns a reference in a model's settings into the secret. Secrets themselves are refused, so that none is ever stored or shown.</summary>
internal static class Secrets
{
    /// <exception cref="FormatException">The reference has no known form or leads nowhere; the message holds no secret.</exception>
    public static string Resolve(string reference)
    {
        if (reference.StartsWith("env:", StringComparison.Ordinal))
        {
            var name = reference["env:".Length..];
            return Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
                ? value
                : throw new FormatException($"refers to the environment variable {name}, which the registry does not have");
        }

        if (reference.StartsWith("file:", StringComparison.Ordinal))
        {
            return ReadFile(reference["file:".Length..]);
        }

        throw new FormatException("must be a reference, env:NAME or file:/path, not the secret itself");
    }

    private static string ReadFile(string path)
    {
        if (!Path.IsPathFullyQualified(path))
        {
            throw new FormatException("must refer to a file by its full path");
        }

        try
        {
            // Editors and `echo` end a file with a line break that is no part of the secret.
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"refers to the file {path}, which the registry cannot read", exception);
        }
    }
}
