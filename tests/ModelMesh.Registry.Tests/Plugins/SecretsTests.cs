using ModelMesh.Registry.Plugins;
using Xunit;

namespace ModelMesh.Registry.Tests.Plugins;

public sealed class SecretsTests
{
    [Fact]
    public void Resolve_Env_TheVariablesValue()
    {
        var name = $"MODELMESH_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(name, "hidden");
        try
        {
            Assert.Equal("hidden", Secrets.Resolve($"env:{name}"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    [Fact]
    public void Resolve_File_ItsTextWithoutTheLineBreakAtTheEnd()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "hidden\n");
            Assert.Equal("hidden", Secrets.Resolve($"file:{path}"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("sk-123456", "must be a reference, env:NAME or file:/path, not the secret itself")]
    [InlineData("env:MODELMESH_NOT_SET", "refers to the environment variable MODELMESH_NOT_SET, which the registry does not have")]
    [InlineData("file:relative/path", "must refer to a file by its full path")]
    [InlineData("file:/no/such/file", "refers to the file /no/such/file, which the registry cannot read")]
    public void Resolve_NoSecretBehindIt_SaysWhyWithoutRepeatingASecret(string reference, string message)
    {
        var exception = Assert.Throws<FormatException>(() => Secrets.Resolve(reference));

        Assert.Equal(message, exception.Message);
        Assert.DoesNotContain("123456", exception.Message, StringComparison.Ordinal);
    }
}
