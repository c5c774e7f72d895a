using ModelMesh.Bench.Compare;

namespace ModelMesh.Gateway.Tests.Bench;

public sealed class OutputFoldersTests
{
    [Theory]
    [InlineData(null, true, "trials", "kept")]
    [InlineData(null, false, "trials", null)]
    [InlineData("named", true, "named", null)]
    [InlineData("named", false, "named", null)]
    public void KeptReport_IsReplacedOnlyByAFullRunThatHasEnded_OrWhenNamed(string? named, bool isFull, string running, string? final) =>
        Assert.Equal(new OutputFolders(running, final), OutputFolders.Of(named, isFull, "kept", "trials"));
}
