using Microsoft.Extensions.Logging;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Secrets;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;

namespace ModelMesh.Registry.Tests.Secrets;

public sealed partial class KnownSecretsTests
{
    private const string Secret = "sk-hush/0123 \"456+789é";

    private readonly KnownSecrets _secrets = new();
    private readonly RecordedLog<KnownSecretsTests> _log = new();

    public KnownSecretsTests() => _secrets.Remember(Secret);

    [Theory]
    [InlineData("the key sk-hush/0123 \"456+789é is wrong", "the key *** is wrong")]
    [InlineData("sk-hush/0123 \"456+789ésk-hush/0123 \"456+789é", "******")]
    [InlineData("?key=sk-hush%2F0123%20%22456%2B789%C3%A9&x=1", "?key=***&x=1")]
    [InlineData("""{"key":"sk-hush/0123 \"456+789é"}""", """{"key":"***"}""")]
    [InlineData("""{"key":"sk-hush/0123 \u0022456\u002B789\u00E9"}""", """{"key":"***"}""")]
    [InlineData("cut: sk-hush/0123 \"4", "cut: ***")]
    [InlineData("cut: sk-hush/0123", "cut: ***")]
    [InlineData("cut: sk-hush/0", "cut: sk-hush/0")]
    [InlineData("nothing of it", "nothing of it")]
    [InlineData("", "")]
    public void Redact_AText_WholeEncodedAndCutSecretsAreGone(string text, string expected) => Assert.Equal(expected, _secrets.Redact(text));

    [Fact]
    public void Redact_ASecretOfThreeLetters_IsLeftSinceItIsInEveryWord()
    {
        _secrets.Remember("not");
        _secrets.Remember("hide");

        Assert.Equal("nothing *** ***s", _secrets.Redact("nothing hide hides"));
    }

    [Fact]
    public void Redact_NoSecretInIt_TheSameObjects()
    {
        var error = new MeshException(ErrorCode.BackendError, "fine");
        var exception = new InvalidOperationException("fine");

        Assert.Same(error, _secrets.Redact(error));
        Assert.Same(exception, _secrets.Redact(exception));
    }

    [Fact]
    public void Redact_AnError_MessageAndDetailsAreRedactedAndTheRestStays()
    {
        var error = MeshException.Invalid([new ErrorDetail("messages", $"refused with {Secret}")]);
        var redacted = _secrets.Redact(new MeshException(error.Code, error.Message) { Details = error.Details, RetryAfter = TimeSpan.FromSeconds(3), RetryElsewhere = true });

        Assert.Equal((ErrorCode.InvalidRequest, "messages: refused with ***", TimeSpan.FromSeconds(3), true), (redacted.Code, redacted.Message, redacted.RetryAfter, redacted.RetryElsewhere));
        Assert.Equal([new ErrorDetail("messages", "refused with ***")], redacted.Details);
    }

    [Fact]
    public void Redact_AnExceptionThatHoldsItDeepWithin_ItsTextWithoutIt()
    {
        var redacted = _secrets.Redact(new InvalidOperationException("outer", new TimeoutException($"with {Secret}"))).ToString();

        Assert.DoesNotContain("hush", redacted, StringComparison.Ordinal);
        Assert.Contains("System.TimeoutException: with ***", redacted, StringComparison.Ordinal);
    }

    [Fact]
    public void Log_ASecretInTextValueExceptionOrScope_IsGoneAndTheRestIsPassedOn()
    {
        var logger = new RedactingLogger(_log, _secrets);
        Tried(logger, Secret, null);
        Tried(logger, "nothing", new InvalidOperationException($"with {Secret}"));
        Tried(logger, "nothing", new InvalidOperationException("fine"));
        logger.BeginScope(Secret);
        logger.BeginScope(new Dictionary<string, object> { ["key"] = Secret });

        Assert.Equal(["tried ***", "tried nothing", "tried nothing"], _log.Lines.Select(line => line.Text));
        Assert.Equal("fine", _log.Lines.Last().Exception!.Message);
        Assert.DoesNotContain("hush", string.Concat(_log.Lines.Select(line => $"{line.Text} {line.State} {line.Exception}").Concat(_log.Scopes)), StringComparison.Ordinal);
        Assert.Equal(2, _log.Scopes.Count);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "tried {Key}")]
    private static partial void Tried(ILogger logger, string key, Exception? exception);
}
