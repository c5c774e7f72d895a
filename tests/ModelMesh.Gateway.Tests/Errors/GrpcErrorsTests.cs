using System.Text;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.Gateway.Tests.Errors;

public sealed class GrpcErrorsTests
{
    [Theory]
    [InlineData(1_022, 1_024)]
    [InlineData(1_021, 1_024)]
    [InlineData(1_020, 1_024)]
    public void Message_LongerThanOneKilobyte_IsCutBetweenCharacters(int plain, int most)
    {
        var sent = GrpcErrors.ToRpcException(new MeshException(ErrorCode.Internal, new string('x', plain) + string.Concat(Enumerable.Repeat("🚀", 100_000))));

        var text = sent.Status.Detail;
        Assert.EndsWith("…", text, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(text[..^1]), most - 3, most);
        Assert.DoesNotContain(text.EnumerateRunes(), rune => rune == Rune.ReplacementChar);
    }

    [Fact]
    public void Message_OfOneKilobyte_TravelsWhole()
    {
        var message = new string('x', 1_024);

        Assert.Equal(message, GrpcErrors.ToRpcException(new MeshException(ErrorCode.Internal, message)).Status.Detail);
    }

    [Fact]
    public void Details_LargerThanEightKilobytes_KeepTheFirstAndCountTheRest()
    {
        var details = Enumerable.Range(0, 10_000).Select(i => new ErrorDetail($"field{i}", "is wrong")).ToArray();

        var received = GrpcErrors.FromRpcException(GrpcErrors.ToRpcException(new MeshException(ErrorCode.InvalidRequest) { Details = details }))!.Details;

        Assert.InRange(received.Count, 100, 250);
        Assert.Equal(details.Take(received.Count - 1), received.SkipLast(1));
        Assert.Equal($"{10_000 - received.Count + 1} more faults", received[^1].Message);
    }

    [Fact]
    public void Details_OneThatIsTooLarge_IsCutAndKept()
    {
        var huge = new ErrorDetail(new string('f', 100_000), new string('"', 100_000));

        var sent = GrpcErrors.ToRpcException(new MeshException(ErrorCode.InvalidRequest) { Details = [huge] });

        Assert.InRange(sent.Trailers.Sum(entry => entry.IsBinary ? entry.ValueBytes.Length : entry.Value.Length), 1, 16 * 1024);
        Assert.StartsWith("fff", Assert.Single(GrpcErrors.FromRpcException(sent)!.Details).Field, StringComparison.Ordinal);
    }
}
