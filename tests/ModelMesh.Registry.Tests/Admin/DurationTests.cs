using System.Text.Json;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Json;
using Xunit;

namespace ModelMesh.Registry.Tests.Admin;

public sealed class DurationTests
{
    [Theory]
    [InlineData("30", 30_000)]
    [InlineData("0.5", 500)]
    [InlineData("\"500ms\"", 500)]
    [InlineData("\"30s\"", 30_000)]
    [InlineData("\"1.5m\"", 90_000)]
    [InlineData("\"1h\"", 3_600_000)]
    public void Duration_SecondsOrTextWithAUnit_IsRead(string value, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Read(value));

    [Theory]
    [InlineData("\"30\"")]
    [InlineData("\"s\"")]
    [InlineData("\"1.2.3s\"")]
    [InlineData("\"-1s\"")]
    [InlineData("\"3 s\"")]
    [InlineData("true")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("\"2h\"")]
    [InlineData("1e300")]
    public void Duration_AnythingElse_IsRefusedByName(string value)
    {
        var refused = Assert.Throws<MeshException>(() => Read(value));

        Assert.Equal("wait", Assert.Single(refused.Details).Field);
        Assert.StartsWith("must be ", refused.Details[0].Message, StringComparison.Ordinal);
    }

    private static TimeSpan? Read(string value)
    {
        using var document = JsonDocument.Parse($$"""{"wait":{{value}}}""");
        var faults = new FaultList();
        var read = new FieldReader(document.RootElement, "", faults).Duration("wait", TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
        faults.ThrowIfAny();
        return read;
    }
}
