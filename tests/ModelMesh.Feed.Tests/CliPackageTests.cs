namespace ModelMesh.Feed.Tests;

public sealed class CliPackageTests
{
    [Fact]
    public async Task Verify_OtherBytesThanPublished_IsRefused()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "something else");

            var fault = await Assert.ThrowsAsync<FeedException>(() => CliPackage.VerifyAsync(file, CancellationToken.None));

            Assert.Contains("SHA-512", fault.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
