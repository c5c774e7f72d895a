using ModelMesh.Registry.Secrets;
using Xunit;

namespace ModelMesh.Registry.Tests.Secrets;

public sealed class SecretReferenceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("modelmesh-secret-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Resolve_Env_TheVariablesValue()
    {
        var name = $"MODELMESH_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(name, "hidden");
        try
        {
            Assert.Equal("hidden", SecretReference.Resolve($"env:{name}"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    [Theory]
    [InlineData("file:")]
    [InlineData("file://")]
    [InlineData("file://localhost")]
    public void Resolve_File_ItsTextWithoutTheLineBreakAtTheEnd(string scheme) => Assert.Equal("hidden", SecretReference.Resolve(scheme + Write("hidden\n")));

    [Fact]
    public void Resolve_AFileWithAByteOrderMarkAndWindowsLineBreak_TheTextAlone() => Assert.Equal("hidden", SecretReference.Resolve($"file:{Write("\ufeffhidden\r\n")}"));

    [Fact]
    public void Resolve_TheFileWasRewritten_TheNewSecret()
    {
        var reference = $"file:{Write("old")}";
        Assert.Equal("old", SecretReference.Resolve(reference));
        Write("new");

        Assert.Equal("new", SecretReference.Resolve(reference));
    }

    [Theory]
    [InlineData("sk-123456", "must be a reference, env:NAME or file:/path, not the secret itself")]
    [InlineData("ENV:NAME", "must be a reference, env:NAME or file:/path, not the secret itself")]
    [InlineData("env:", "must name a variable after env:, of letters, digits and _")]
    [InlineData("env:sk-123456", "must name a variable after env:, of letters, digits and _")]
    [InlineData("env:A=B", "must name a variable after env:, of letters, digits and _")]
    [InlineData("env:MODELMESH_NOT_SET", "refers to the environment variable MODELMESH_NOT_SET, which the registry does not have")]
    [InlineData("file:relative/path", "must refer to a file by its full path")]
    [InlineData("file:", "must refer to a file by its full path")]
    [InlineData("file:~/key", "must refer to a file by its full path")]
    [InlineData("file:/no\0such", "must not hold a null character")]
    [InlineData("file://elsewhere/path", "must name a file of the registry's own machine: file:/path or file:///path")]
    [InlineData("file:/no/such/file", "refers to the file /no/such/file, which the registry cannot read")]
    [InlineData("file:/tmp", "refers to /tmp, which is a directory")]
    [InlineData("file:/dev/null", "refers to the file /dev/null, which is empty")]
    [InlineData("file:/dev/zero", "refers to the file /dev/zero, which is larger than 64 KiB and so no secret")]
    public void Resolve_NoSecretBehindIt_SaysWhyWithoutRepeatingASecret(string reference, string message)
    {
        var exception = Assert.Throws<FormatException>(() => SecretReference.Resolve(reference));

        Assert.Equal(message, exception.Message);
        Assert.DoesNotContain("123456", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_AFileThatMayNotBeRead_SaysSo()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var path = Write("hidden");
        File.SetUnixFileMode(path, UnixFileMode.None);
        if (Environment.IsPrivilegedProcess)
        {
            // Root reads it all the same.
            Assert.Equal("hidden", SecretReference.Resolve($"file:{path}"));
            return;
        }

        Assert.Equal($"refers to the file {path}, which the registry cannot read", Assert.Throws<FormatException>(() => SecretReference.Resolve($"file:{path}")).Message);
    }

    private string Write(string text)
    {
        var path = Path.Combine(_folder, "key");
        File.WriteAllText(path, text);
        return path;
    }
}
